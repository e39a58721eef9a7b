package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;

/// What a pod's spec must not say.
public final class PodRules {
    private static final List<String> RESTART = List.of("Always", "OnFailure", "Never");
    private static final List<String> DNS =
            List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");
    private static final List<String> EFFECTS =
            List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private PodRules() {}

    /// @param at where the spec is, such as `spec.template.spec`
    public static void check(JsonNode spec, String at, Problems problems) {
        var names = new HashSet<String>();
        var volumes = VolumeRules.check(spec, at, problems);
        if (Tree.objects(spec, "containers").isEmpty()) {
            problems.required(at + ".containers", "");
        }
        for (var list : List.of("containers", "initContainers")) {
            int i = 0;
            for (var c : Tree.objects(spec, list)) {
                var field = at + "." + list + "[" + i++ + "]";
                ContainerRules.check(c, field, names, volumes, problems);
                if (list.equals("initContainers")) {
                    ContainerRules.checkFirst(c, field, problems);
                } else if (Tree.has(c, "restartPolicy")) {
                    problems.forbidden(
                            field + ".restartPolicy", "may not be set for non-init containers");
                }
            }
        }
        Visitors.check(spec, at, names, problems);
        oneOf(spec, "restartPolicy", RESTART, at, problems);
        oneOf(spec, "dnsPolicy", DNS, at, problems);
        if (Tree.number(spec, 0, "terminationGracePeriodSeconds") < 0) {
            problems.invalid(
                    at + ".terminationGracePeriodSeconds",
                    Tree.at(spec, "terminationGracePeriodSeconds"),
                    "must be greater than or equal to 0");
        }
        if (Tree.has(spec, "activeDeadlineSeconds")
                && Tree.number(spec, 0, "activeDeadlineSeconds") < 1) {
            problems.invalid(
                    at + ".activeDeadlineSeconds",
                    Tree.at(spec, "activeDeadlineSeconds"),
                    "must be between 1 and 2147483647, inclusive");
        }
        PodNames.check(spec, at, problems);
        PlacementRules.check(spec, at, problems);
        SecurityRules.pod(Tree.at(spec, "securityContext"), at + ".securityContext", problems);
        for (var l : Tree.fields(spec, "nodeSelector")) {
            Names.qualified(l.getKey())
                    .ifPresent(why -> problems.invalid(at + ".nodeSelector", l.getKey(), why));
            Names.labelValue(l.getValue().asString(""))
                    .ifPresent(why -> problems.invalid(at + ".nodeSelector", l.getValue(), why));
        }
        int i = 0;
        for (var t : Tree.objects(spec, "tolerations")) {
            toleration(t, at + ".tolerations[" + i++ + "]", problems);
        }
    }

    private static void toleration(ObjectNode t, String field, Problems problems) {
        var key = Tree.text(t, "key");
        var operator = Tree.text(t, "operator");
        if (!key.isEmpty()) {
            Names.qualified(key).ifPresent(why -> problems.invalid(field + ".key", key, why));
        } else if (!operator.equals("Exists")) {
            problems.invalid(
                    field + ".operator",
                    operator,
                    "operator must be Exists when `key` is empty, which means \"match all values"
                            + " and all keys\"");
        }
        if (!operator.isEmpty() && !operator.equals("Equal") && !operator.equals("Exists")) {
            problems.unsupported(field + ".operator", operator, List.of("Equal", "Exists"));
        }
        var seconds = Tree.at(t, "tolerationSeconds");
        if (!seconds.isMissingNode() && !Tree.text(t, "effect").equals("NoExecute")) {
            problems.invalid(
                    field + ".effect",
                    Tree.text(t, "effect"),
                    "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        if (operator.equals("Exists") && !Tree.text(t, "value").isEmpty()) {
            problems.invalid(
                    field + ".operator",
                    operator,
                    "value must be empty when `operator` is 'Exists'");
        }
        if (!Tree.text(t, "effect").isEmpty()) {
            oneOf(t, "effect", EFFECTS, field, problems);
        }
    }

    public static void oneOf(
            JsonNode node, String name, List<String> values, String at, Problems problems) {
        var value = Tree.text(node, name);
        if (!values.contains(value)) {
            problems.unsupported(at + "." + name, value, values);
        }
    }
}
