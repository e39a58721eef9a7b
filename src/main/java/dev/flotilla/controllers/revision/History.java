package dev.flotilla.controllers.revision;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.TemplateHash;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The revisions of one set, oldest first.
public final class History {
    /// On pods and revisions: which revision it is.
    public static final String LABEL = "controller-revision-hash";

    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final JsonMapper TREES = JsonMapper.shared();
    private static final int MOST_COLLISIONS = 20;

    private final HasMetadata owner;
    private final List<ControllerRevision> all;

    /// @param revisions those that the set controls
    public History(HasMetadata owner, List<ControllerRevision> revisions) {
        this.owner = owner;
        this.all =
                revisions.stream()
                        .sorted(
                                Comparator.comparingLong(History::number)
                                        .thenComparing(r -> r.getMetadata().getName()))
                        .toList();
    }

    /// The revision of this template, made or made the newest if it is not.
    ///
    /// @param labels what the set's pods are found by
    /// @return empty when something came between: look again
    public Optional<ControllerRevision> ensure(
            Cluster cluster, PodTemplateSpec template, Map<String, String> labels) {
        long newest = all.isEmpty() ? 0 : number(all.getLast());
        var same = all.reversed().stream().filter(r -> isOf(r, template)).findFirst();
        if (same.isEmpty()) {
            return create(cluster, template, labels, newest + 1);
        }
        if (number(same.get()) == newest) {
            return same;
        }
        var again = new ControllerRevisionBuilder(same.get()).withRevision(newest + 1).build();
        return cluster.update(same.get(), again) instanceof Written.Done<ControllerRevision>(var r)
                ? Optional.of(r)
                : Optional.empty();
    }

    private Optional<ControllerRevision> create(
            Cluster cluster, PodTemplateSpec template, Map<String, String> labels, long number) {
        for (int turn = 0; turn < MOST_COLLISIONS; turn++) {
            var draft = draft(template, labels, number, TemplateHash.of(template, turn));
            switch (cluster.create(draft)) {
                case Written.Done<ControllerRevision>(var made) -> {
                    return Optional.of(made);
                }
                case Written.Refused<ControllerRevision>(var reason, var message) ->
                        throw new IllegalStateException(
                                "the API refuses revision %s: %s: %s"
                                        .formatted(draft.getMetadata().getName(), reason, message));
                case Written.Conflict<ControllerRevision> _ -> {
                    if (cluster.get(ControllerRevision.class, ObjectKey.of(draft))
                            .filter(r -> !isOf(r, template))
                            .isEmpty()) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.empty();
    }

    private ControllerRevision draft(
            PodTemplateSpec template, Map<String, String> labels, long number, String hash) {
        return new ControllerRevisionBuilder()
                .withNewMetadata()
                .withNamespace(owner.getMetadata().getNamespace())
                .withName(owner.getMetadata().getName() + "-" + hash)
                .withLabels(labels)
                .addToLabels(LABEL, hash)
                .withAnnotations(Owners.notes(owner))
                .removeFromAnnotations("kubectl.kubernetes.io/last-applied-configuration")
                .withOwnerReferences(Owners.controlledBy(owner))
                .endMetadata()
                .withData(data(template))
                .withRevision(number)
                .build();
    }

    /// A strategic merge patch that brings the set back to this template.
    private static Map<String, Object> data(PodTemplateSpec template) {
        var tree = (ObjectNode) TREES.readTree(JSON.asJson(template));
        tree.put("$patch", "replace");
        return Map.of("spec", Map.of("template", TREES.convertValue(tree, Map.class)));
    }

    /// The template that a revision keeps.
    public static PodTemplateSpec template(ControllerRevision revision) {
        var tree =
                (ObjectNode)
                        TREES.readTree(JSON.asJson(revision.getData()))
                                .path("spec")
                                .path("template");
        tree.remove("$patch");
        return JSON.unmarshal(tree.toString(), PodTemplateSpec.class);
    }

    public static String hash(HasMetadata object) {
        return Owners.labels(object).getOrDefault(LABEL, "");
    }

    public Optional<ControllerRevision> named(String name) {
        return all.stream().filter(r -> r.getMetadata().getName().equals(name)).findFirst();
    }

    /// Forgets the oldest revisions past the limit, but none that is in use.
    ///
    /// @param live hashes or names of those in use
    public void trim(Cluster cluster, Set<String> live, int limit) {
        var idle =
                all.stream()
                        .filter(r -> !live.contains(hash(r)))
                        .filter(r -> !live.contains(r.getMetadata().getName()))
                        .toList();
        idle.stream()
                .limit(Math.max(0, idle.size() - limit))
                .forEach(r -> cluster.delete(r, Deletion.GRACEFUL));
    }

    private static boolean isOf(ControllerRevision revision, PodTemplateSpec template) {
        return TemplateHash.same(template(revision), template);
    }

    private static long number(ControllerRevision revision) {
        return Objects.requireNonNullElse(revision.getRevision(), 0L);
    }
}
