package dev.flotilla.registry.kinds.storage;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.storage.StorageClass;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

final class StorageClasses implements Kind {
    private static final ResourceType TYPE =
            Types.of("storage.k8s.io/v1", "storageclasses", StorageClass.class)
                    .shortNames("sc")
                    .clusterScoped()
                    .build();
    private static final List<String> DEFAULT_MARKS =
            List.of(
                    "storageclass.kubernetes.io/is-default-class",
                    "storageclass.beta.kubernetes.io/is-default-class");
    private static final int MOST_PARAMETERS = 512;
    private static final int MOST_BYTES = 256 * 1024;

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public void defaults(ObjectNode object) {
        Tree.setDefault(object, "reclaimPolicy", "Delete");
        Tree.setDefault(object, "volumeBindingMode", "Immediate");
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var provisioner = Tree.text(object, "provisioner");
        if (provisioner.isEmpty()) {
            problems.required("provisioner", provisioner);
        } else {
            Checks.qualified(provisioner.toLowerCase(Locale.ROOT), "provisioner", problems);
        }
        parameters(Tree.at(object, "parameters"), problems);
        if (!List.of("Delete", "Retain").contains(Tree.text(object, "reclaimPolicy"))) {
            problems.unsupported(
                    "reclaimPolicy",
                    Tree.text(object, "reclaimPolicy"),
                    List.of("Delete", "Retain"));
        }
        var modes = List.of("Immediate", "WaitForFirstConsumer");
        if (!modes.contains(Tree.text(object, "volumeBindingMode"))) {
            problems.unsupported(
                    "volumeBindingMode", Tree.text(object, "volumeBindingMode"), modes);
        }
        TopologyTerms.check(Tree.objects(object, "allowedTopologies"), problems);
    }

    private static void parameters(JsonNode parameters, Problems problems) {
        if (parameters.size() > MOST_PARAMETERS) {
            problems.tooLong("parameters", MOST_PARAMETERS);
            return;
        }
        if (parameters.has("")) {
            problems.invalid("parameters", "", "field can not be empty.");
        }
        int bytes = 0;
        for (var parameter : Tree.fields(parameters)) {
            var text = parameter.getKey() + parameter.getValue().asString("");
            bytes += text.getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MOST_BYTES) {
            problems.tooLong("parameters", MOST_BYTES);
        }
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        for (var name : List.of("parameters", "provisioner", "reclaimPolicy")) {
            if (!Tree.same(Tree.at(before, name), Tree.at(after, name))) {
                problems.forbidden(name, "updates to " + name + " are forbidden.");
            }
        }
        Counts.immutable(before, after, "", problems, "volumeBindingMode");
    }

    @Override
    public boolean answersDeleted() {
        return true;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column(
                        "Name",
                        "string",
                        "name",
                        Column.NAME.description(),
                        0,
                        (o, _) ->
                                Tree.text(o, "metadata", "name")
                                        + (isDefault(o) ? " (default)" : "")),
                Column.text(
                        "Provisioner",
                        "Who makes its volumes.",
                        (o, _) -> Tree.text(o, "provisioner")),
                Column.text(
                        "ReclaimPolicy",
                        "What becomes of a volume when its claim goes.",
                        (o, _) -> Tree.text(o, "reclaimPolicy")),
                Column.text(
                        "VolumeBindingMode",
                        "When a volume is chosen.",
                        (o, _) -> Tree.text(o, "volumeBindingMode")),
                Column.text(
                        "AllowVolumeExpansion",
                        "Whether its volumes can grow.",
                        (o, _) -> Tree.isTrue(o, "allowVolumeExpansion")),
                Column.AGE);
    }

    private static boolean isDefault(ObjectNode object) {
        return DEFAULT_MARKS.stream()
                .anyMatch(m -> Tree.text(object, "metadata", "annotations", m).equals("true"));
    }
}
