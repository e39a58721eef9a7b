package dev.flotilla.registry.admission;

import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A pod takes over from its RuntimeClass what running so costs, and where it can be done.
final class RuntimeClasses implements Step {
    private static final String REJECTED = "pod rejected: ";

    @Override
    public void fill(Attempt attempt, Surroundings around) {
        if (!attempt.of(Pod.class) || !attempt.isNew()) {
            return;
        }
        var name = Tree.text(attempt.spec(), "runtimeClassName");
        var its = name.isEmpty() ? Tree.empty() : named(name, attempt, around);
        overhead(attempt, Tree.at(its, "overhead", "podFixed"));
        scheduling(attempt, Tree.at(its, "scheduling"));
    }

    private static ObjectNode named(String name, Attempt attempt, Surroundings around) {
        return around.get(RuntimeClass.class, "", name)
                .orElseThrow(
                        () ->
                                attempt.forbidden(
                                        REJECTED + "RuntimeClass \"" + name + "\" not found"));
    }

    private static void overhead(Attempt attempt, JsonNode fixed) {
        var spec = attempt.spec();
        var asked = Tree.at(spec, "overhead");
        if (fixed.isMissingNode() && !asked.isMissingNode()) {
            throw attempt.forbidden(
                    REJECTED
                            + "Pod Overhead set without corresponding RuntimeClass defined"
                            + " Overhead");
        }
        if (!asked.isMissingNode() && !Tree.same(asked, fixed)) {
            throw attempt.forbidden(
                    REJECTED + "Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
        if (!fixed.isMissingNode()) {
            spec.set("overhead", fixed.deepCopy());
        }
    }

    private static void scheduling(Attempt attempt, JsonNode its) {
        var spec = attempt.spec();
        for (var wanted : Tree.fields(its, "nodeSelector")) {
            var selector = Tree.child(spec, "nodeSelector");
            var key = wanted.getKey();
            var value = wanted.getValue().asString("");
            if (selector.has(key) && !Tree.text(selector, key).equals(value)) {
                throw attempt.forbidden(
                        "conflict: runtimeClass.scheduling.nodeSelector[%s] = %s; pod.spec.nodeSelector[%s] = %s"
                                .formatted(key, value, key, Tree.text(selector, key)));
            }
            selector.put(key, value);
        }
        for (var toleration : Tree.objects(its, "tolerations")) {
            if (Tree.objects(spec, "tolerations").stream()
                    .noneMatch(t -> Tree.same(t, toleration))) {
                var all =
                        spec.get("tolerations") instanceof ArrayNode there
                                ? there
                                : spec.putArray("tolerations");
                all.add(toleration.deepCopy());
            }
        }
    }
}
