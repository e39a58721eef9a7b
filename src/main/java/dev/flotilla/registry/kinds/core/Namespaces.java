package dev.flotilla.registry.kinds.core;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Companion;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.NameRule;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

final class Namespaces implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "namespaces", Namespace.class)
                    .shortNames("ns")
                    .clusterScoped()
                    .verbs("create", "delete", "get", "list", "patch", "update", "watch")
                    .status()
                    .build();
    private static final Set<String> STANDARD =
            Set.of("kubernetes", "orphan", "foregroundDeletion");
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";
    private static final Set<String> PERMANENT = Set.of("default", "kube-system", "kube-public");

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public NameRule names() {
        return NameRule.LABEL;
    }

    @Override
    public void defaults(ObjectNode object) {
        var metadata = Tree.child(object, "metadata");
        Tree.child(metadata, "labels").put(NAME_LABEL, Tree.text(metadata, "name"));
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("spec").putArray("finalizers").add("kubernetes");
        object.putObject("status").put("phase", "Active");
    }

    /// Only `/finalize` changes who must still let go of it.
    @Override
    public void prepareUpdate(ObjectNode before, ObjectNode after) {
        Tree.carry(before, after, "spec");
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        int i = 0;
        for (var finalizer : Tree.texts(object, "spec", "finalizers")) {
            var field = "spec.finalizers[" + i++ + "]";
            Checks.qualified(finalizer, field, problems);
            if (!finalizer.contains("/") && !STANDARD.contains(finalizer)) {
                problems.invalid(
                        field,
                        finalizer,
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    /// The phase says whether it is going, and nothing else can.
    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        var phase = Tree.text(after, "status", "phase");
        boolean going = Tree.has(after, "metadata", "deletionTimestamp");
        if (!phase.equals(going ? "Terminating" : "Active")) {
            problems.invalid(
                    "status.Phase",
                    phase,
                    going
                            ? "may only be 'Terminating' if `deletionTimestamp` is not empty"
                            : "may only be 'Active' if `deletionTimestamp` is empty");
        }
    }

    @Override
    public boolean held(ObjectNode object) {
        return !Tree.texts(object, "spec", "finalizers").isEmpty();
    }

    @Override
    public void terminating(ObjectNode object) {
        Tree.child(object, "status").put("phase", "Terminating");
        Tree.child(object, "metadata").remove("deletionGracePeriodSeconds");
    }

    @Override
    public boolean answersDeleted() {
        return true;
    }

    @Override
    public Optional<String> undeletable(ObjectNode object) {
        return PERMANENT.contains(Tree.text(object, "metadata", "name"))
                ? Optional.of("this namespace may not be deleted")
                : Optional.empty();
    }

    @Override
    public List<Companion> companions(ObjectNode object) {
        var name = Tree.text(object, "metadata", "name");
        var roots = named("kube-root-ca.crt", name);
        roots.putObject("data");
        return List.of(
                new Companion(ServiceAccount.class, named("default", name)),
                new Companion(ConfigMap.class, roots));
    }

    @Override
    public Map<String, Function<ObjectNode, String>> selectable() {
        return Map.of("status.phase", o -> Tree.text(o, "status", "phase"));
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Status",
                        "Active, or Terminating while its content goes.",
                        (o, _) -> Tree.text(o, "status", "phase")),
                Column.AGE);
    }

    private static ObjectNode named(String name, String namespace) {
        var object = Tree.empty();
        object.putObject("metadata").put("name", name).put("namespace", namespace);
        return object;
    }
}
