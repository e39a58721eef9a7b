package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kinds.podspec.AnnotationRules;
import dev.flotilla.registry.kinds.podspec.PodRules;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.table.PodCells;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Pod;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

final class Pods implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "pods", Pod.class).shortNames("po").inAll().status().build();
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean generation() {
        return true;
    }

    @Override
    public void defaults(ObjectNode object) {
        var spec = Tree.child(object, "spec");
        PodDefaults.fill(spec);
        PodDefaults.fillPod(spec);
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        var spec = Tree.child(object, "spec");
        PodTolerations.addDefaults(spec);
        object.putObject("status").put("phase", "Pending").put("qosClass", PodQos.of(spec));
        PodGates.closed(object);
    }

    @Override
    public void prepareUpdate(ObjectNode before, ObjectNode after) {
        PodTolerations.addDefaults(Tree.child(after, "spec"));
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        AnnotationRules.check(object, "metadata", Tree.at(object, "spec"), problems);
        PodRules.checkPod(object, problems);
    }

    @Override
    public void validateCreate(ObjectNode object, Problems problems) {
        if (!Tree.at(object, "spec", "ephemeralContainers").isEmpty()) {
            problems.forbidden("spec.ephemeralContainers", "cannot be set on create");
        }
        if (!Tree.text(object, "spec", "nodeName").isEmpty()
                && !Tree.at(object, "spec", "schedulingGates").isEmpty()) {
            problems.forbidden(
                    "spec.nodeName", "cannot be set until all schedulingGates have been cleared");
        }
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        PodChanges.check(before, after, problems);
    }

    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        PodStatusRules.check(before, after, problems);
    }

    @Override
    public void validatePart(
            Subresource part, ObjectNode before, ObjectNode after, Problems problems) {
        if (part == Subresource.RESIZE) {
            PodSizes.check(before, after, problems);
        } else {
            Visitors.checkChange(before, after, problems);
        }
    }

    @Override
    public OptionalLong grace(ObjectNode object, OptionalLong asked) {
        if (Tree.text(object, "spec", "nodeName").isEmpty()
                || OVER.contains(Tree.text(object, "status", "phase"))) {
            return OptionalLong.of(0);
        }
        long own = Tree.number(object, 30, "spec", "terminationGracePeriodSeconds");
        long grace = asked.orElse(own);
        return OptionalLong.of(grace < 0 ? 1 : grace);
    }

    @Override
    public boolean answersDeleted() {
        return true;
    }

    @Override
    public Map<String, Function<ObjectNode, String>> selectable() {
        var fields = new HashMap<String, Function<ObjectNode, String>>();
        for (var name :
                List.of("nodeName", "restartPolicy", "schedulerName", "serviceAccountName")) {
            fields.put("spec." + name, o -> Tree.text(o, "spec", name));
        }
        fields.put(
                "spec.hostNetwork", o -> Boolean.toString(Tree.isTrue(o, "spec", "hostNetwork")));
        for (var name : List.of("phase", "podIP", "nominatedNodeName")) {
            fields.put("status." + name, o -> Tree.text(o, "status", name));
        }
        return fields;
    }

    @Override
    public List<Column> columns() {
        return PodCells.COLUMNS;
    }
}
