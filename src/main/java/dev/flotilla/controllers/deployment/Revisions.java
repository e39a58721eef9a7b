package dev.flotilla.controllers.deployment;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.TemplateHash;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The ReplicaSets of a Deployment, one for each template it had, numbered by revision.
public final class Revisions {
    public static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    public static final String MAX = "deployment.kubernetes.io/max-replicas";

    private static final int HISTORY_LENGTH = 2000;

    /// What a set does not take over from its Deployment's annotations.
    private static final Set<String> OWN =
            Set.of(
                    REVISION,
                    HISTORY,
                    DESIRED,
                    MAX,
                    Marks.ADD_ON,
                    Marks.COMPLETED,
                    Marks.ROLLED_BACK_TO,
                    Marks.ROLLED_BACK_BECAUSE,
                    "kubectl.kubernetes.io/last-applied-configuration",
                    "deprecated.deployment.rollback.to");

    static final Comparator<ReplicaSet> BY_AGE =
            Comparator.<ReplicaSet, String>comparing(
                            s ->
                                    Objects.requireNonNullElse(
                                            s.getMetadata().getCreationTimestamp(), ""))
                    .thenComparing(s -> s.getMetadata().getName());

    private Revisions() {}

    /// The oldest set whose template is the Deployment's.
    public static Optional<ReplicaSet> current(Deployment deployment, List<ReplicaSet> sets) {
        var template = deployment.getSpec().getTemplate();
        var byAge = sets.stream().sorted(BY_AGE).toList();
        return byAge.stream()
                .filter(s -> TemplateHash.equal(s.getSpec().getTemplate(), template))
                .findFirst()
                .or(
                        () ->
                                byAge.stream()
                                        .filter(
                                                s ->
                                                        TemplateHash.same(
                                                                s.getSpec().getTemplate(),
                                                                template))
                                        .findFirst());
    }

    /// A set for the Deployment's template.
    static ReplicaSet draft(Deployment deployment, List<ReplicaSet> old, int size) {
        var spec = deployment.getSpec();
        var status = deployment.getStatus();
        int collisions =
                status == null ? 0 : Objects.requireNonNullElse(status.getCollisionCount(), 0);
        var hash = TemplateHash.of(spec.getTemplate(), collisions);
        var template = labeled(spec.getTemplate(), hash);
        var meta = template.getMetadata();
        var draft =
                new ReplicaSetBuilder()
                        .withNewMetadata()
                        .withNamespace(deployment.getMetadata().getNamespace())
                        .withName(deployment.getMetadata().getName() + "-" + hash)
                        .withLabels(meta.getLabels())
                        .withOwnerReferences(Owners.controlledBy(deployment))
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(size)
                        .withMinReadySeconds(spec.getMinReadySeconds())
                        .withNewSelectorLike(spec.getSelector())
                        .addToMatchLabels(TemplateHash.LABEL, hash)
                        .endSelector()
                        .withTemplate(template)
                        .endSpec()
                        .build();
        return annotated(resized(draft, size, Bounds.of(deployment)), deployment, old);
    }

    /// The set with the Deployment's annotations, its revision, and its `minReadySeconds`.
    static ReplicaSet annotated(ReplicaSet set, Deployment deployment, List<ReplicaSet> old) {
        var notes = new HashMap<>(Owners.notes(set));
        Owners.notes(deployment)
                .forEach(
                        (name, value) -> {
                            if (!OWN.contains(name)) {
                                notes.put(name, value);
                            }
                        });
        number(notes, 1 + old.stream().mapToInt(Revisions::revision).max().orElse(0));
        var addOn = Owners.notes(deployment).get(Marks.ADD_ON);
        if (addOn != null) {
            notes.put(Marks.ADD_ON, addOn);
        }
        var spec = set.getSpec();
        int minReady = Objects.requireNonNullElse(deployment.getSpec().getMinReadySeconds(), 0);
        if (notes.equals(Owners.notes(set))
                && minReady == Objects.requireNonNullElse(spec.getMinReadySeconds(), 0)) {
            return set;
        }
        return new ReplicaSetBuilder(set)
                .editMetadata()
                .withAnnotations(notes)
                .endMetadata()
                .editSpec()
                .withMinReadySeconds(minReady)
                .endSpec()
                .build();
    }

    /// Gives the newest number, and remembers the one it replaces.
    private static void number(Map<String, String> notes, int newest) {
        int was = parsed(notes.get(REVISION)).orElse(0);
        if (was >= newest) {
            return;
        }
        if (was > 0) {
            notes.merge(HISTORY, Integer.toString(was), (all, one) -> trimmed(all + "," + one));
        }
        notes.put(REVISION, Integer.toString(newest));
    }

    /// The latest numbers that fit into what Kubernetes allows the list.
    private static String trimmed(String numbers) {
        var left = numbers;
        while (left.length() > HISTORY_LENGTH && left.indexOf(',') >= 0) {
            left = left.substring(left.indexOf(',') + 1);
        }
        return left;
    }

    static ReplicaSet resized(ReplicaSet set, int size, Bounds bounds) {
        var desired = Integer.toString(bounds.desired());
        var most = Integer.toString(bounds.most());
        var notes = Owners.notes(set);
        if (size == size(set)
                && desired.equals(notes.get(DESIRED))
                && most.equals(notes.get(MAX))) {
            return set;
        }
        return new ReplicaSetBuilder(set)
                .editMetadata()
                .addToAnnotations(DESIRED, desired)
                .addToAnnotations(MAX, most)
                .endMetadata()
                .editSpec()
                .withReplicas(size)
                .endSpec()
                .build();
    }

    /// The old sets that history no longer needs, the oldest revisions, none that has pods.
    static List<ReplicaSet> forgotten(List<ReplicaSet> old, int limit) {
        var alive = old.stream().filter(s -> !Owners.leaving(s)).toList();
        return alive.stream()
                .sorted(Comparator.comparingInt(Revisions::revision).thenComparing(BY_AGE))
                .limit(Math.max(0, alive.size() - limit))
                .filter(Revisions::empty)
                .toList();
    }

    static int revision(ReplicaSet set) {
        return number(set, REVISION).orElse(0);
    }

    static OptionalInt number(ReplicaSet set, String annotation) {
        return parsed(Owners.notes(set).get(annotation));
    }

    public static int size(ReplicaSet set) {
        return Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
    }

    private static boolean empty(ReplicaSet set) {
        var status = set.getStatus();
        return size(set) == 0
                && status != null
                && Objects.requireNonNullElse(status.getReplicas(), 0) == 0
                && Objects.requireNonNullElse(status.getObservedGeneration(), 0L)
                        >= Objects.requireNonNullElse(set.getMetadata().getGeneration(), 0L);
    }

    private static PodTemplateSpec labeled(PodTemplateSpec template, String hash) {
        return new PodTemplateSpecBuilder(template)
                .editOrNewMetadata()
                .addToLabels(TemplateHash.LABEL, hash)
                .endMetadata()
                .build();
    }

    private static OptionalInt parsed(@Nullable String text) {
        try {
            return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
