package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.table.TemplateCells;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.ReplicationController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

final class ReplicationControllers implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "replicationcontrollers", ReplicationController.class)
                    .shortNames("rc")
                    .inAll()
                    .status()
                    .scale()
                    .build();
    private static final List<String> COUNTS =
            List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas");

    @Override
    public ResourceType type() {
        return TYPE;
    }

    /// What Kubernetes never changed for its oldest clients.
    @Override
    public boolean orphans() {
        return true;
    }

    @Override
    public boolean generation() {
        return true;
    }

    /// It selects by the labels of its template, and carries them, unless it says otherwise.
    @Override
    public void defaults(ObjectNode object) {
        var spec = Tree.child(object, "spec");
        Tree.setDefault(spec, "replicas", 1);
        if (Tree.has(spec, "template")) {
            Templates.fillTemplate(spec);
        }
        var labels = Tree.at(spec, "template", "metadata", "labels");
        if (labels.isEmpty()) {
            return;
        }
        if (Tree.at(spec, "selector").isEmpty()) {
            spec.set("selector", labels.deepCopy());
        }
        var metadata = Tree.child(object, "metadata");
        if (Tree.at(metadata, "labels").isEmpty()) {
            metadata.set("labels", labels.deepCopy());
        }
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status").put("replicas", 0);
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var spec = Tree.at(object, "spec");
        Counts.notNegative(spec, "spec", problems, "minReadySeconds");
        var selector = Tree.at(spec, "selector");
        if (selector.isEmpty()) {
            problems.required("spec.selector", "");
        }
        Counts.notNegative(spec, "spec", problems, "replicas");
        if (Tree.has(spec, "template")) {
            template(Tree.at(spec, "template"), selector, problems);
        } else {
            problems.required("spec.template", "");
        }
    }

    private static void template(JsonNode template, JsonNode selector, Problems problems) {
        var labels = Tree.at(template, "metadata", "labels");
        for (var l : Tree.fields(selector)) {
            if (!l.getValue().equals(labels.path(l.getKey()))) {
                problems.invalid(
                        "spec.template.metadata.labels",
                        labels,
                        "`selector` does not match template `labels`");
                break;
            }
        }
        Templates.checkTemplate(template, "spec.template", problems);
        Templates.runsForGood(template, "ReplicationController", problems);
    }

    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        status(Tree.at(after, "status"), problems);
    }

    private static void status(JsonNode status, Problems problems) {
        long all = Tree.number(status, 0, "replicas");
        Counts.notNegative(status, "status", problems, "replicas");
        for (var name : COUNTS) {
            Counts.notNegative(status, "status", problems, name);
            if (Tree.number(status, 0, name) > all) {
                problems.invalid(
                        "status." + name,
                        Tree.number(status, 0, name),
                        "cannot be greater than status.replicas");
            }
        }
        long available = Tree.number(status, 0, "availableReplicas");
        if (available > Tree.number(status, 0, "readyReplicas")) {
            problems.invalid(
                    "status.availableReplicas", available, "cannot be greater than readyReplicas");
        }
    }

    @Override
    public Map<String, Function<ObjectNode, String>> selectable() {
        return Map.of(
                "status.replicas", o -> Long.toString(Tree.number(o, 0, "status", "replicas")));
    }

    @Override
    public List<Column> columns() {
        return TemplateCells.REPLICA_SET;
    }
}
