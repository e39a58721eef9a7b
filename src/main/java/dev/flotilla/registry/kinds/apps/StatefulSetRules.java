package dev.flotilla.registry.kinds.apps;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Shares;
import dev.flotilla.registry.kinds.pod.Templates;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Set;

/// What a StatefulSet's spec must not say.
final class StatefulSetRules {
    private static final Set<String> MANAGEMENT = Set.of("OrderedReady", "Parallel");
    private static final List<String> RETENTION = List.of("Retain", "Delete");
    private static final List<String> CHANGEABLE =
            List.of(
                    "replicas",
                    "ordinals",
                    "template",
                    "updateStrategy",
                    "revisionHistoryLimit",
                    "persistentVolumeClaimRetentionPolicy",
                    "minReadySeconds");

    private StatefulSetRules() {}

    static void check(JsonNode spec, Problems problems) {
        var management = Tree.text(spec, "podManagementPolicy");
        if (!MANAGEMENT.contains(management)) {
            problems.invalid(
                    "spec.podManagementPolicy", management, "must be 'OrderedReady' or 'Parallel'");
        }
        strategy(Tree.at(spec, "updateStrategy"), problems);
        var retention = Tree.at(spec, "persistentVolumeClaimRetentionPolicy");
        for (var when : List.of("whenDeleted", "whenScaled")) {
            if (!RETENTION.contains(Tree.text(retention, when))) {
                problems.notOneOf(
                        "spec.persistentVolumeClaimRetentionPolicy." + when,
                        Tree.at(retention, when),
                        RETENTION);
            }
        }
        Counts.notNegative(spec, "spec", problems, "replicas", "minReadySeconds");
        Counts.notNegative(Tree.at(spec, "ordinals"), "spec.ordinals", problems, "start");
        var service = Tree.text(spec, "serviceName");
        if (!service.isEmpty()) {
            Checks.label(service, "spec.serviceName", problems);
        }
        selectorAndTemplate(spec, problems);
        Counts.notNegative(spec, "spec", problems, "revisionHistoryLimit");
    }

    static void checkChange(ObjectNode before, ObjectNode after, Problems problems) {
        var was = Tree.copy(before, "spec");
        var is = Tree.copy(after, "spec");
        was.remove(CHANGEABLE);
        is.remove(CHANGEABLE);
        if (!Tree.same(was, is)) {
            problems.forbidden(
                    "spec",
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals',"
                            + " 'template', 'updateStrategy', 'revisionHistoryLimit',"
                            + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are"
                            + " forbidden");
        }
    }

    private static void strategy(JsonNode strategy, Problems problems) {
        var at = "spec.updateStrategy";
        var rolling = Tree.at(strategy, "rollingUpdate");
        switch (Tree.text(strategy, "type")) {
            case "OnDelete" -> {
                if (!rolling.isMissingNode()) {
                    problems.invalid(
                            at + ".rollingUpdate",
                            rolling,
                            "only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            case "RollingUpdate" -> {
                Counts.notNegative(rolling, at + ".rollingUpdate", problems, "partition");
                var unavailable = Tree.at(rolling, "maxUnavailable");
                var field = at + ".rollingUpdate.maxUnavailable";
                if (!unavailable.isMissingNode()) {
                    Shares.check(unavailable, field, problems);
                    if (Shares.none(unavailable)) {
                        problems.invalid(field, unavailable, "cannot be 0");
                    }
                    Shares.atMostAll(unavailable, field, problems);
                }
            }
            default -> problems.invalid(at, strategy, "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    private static void selectorAndTemplate(JsonNode spec, Problems problems) {
        var selector = Tree.at(spec, "selector");
        if (selector.isMissingNode()) {
            problems.required("spec.selector", "");
        } else {
            Templates.checkSelector(selector, "statefulset", problems);
        }
        Templates.checkMatch(spec, problems);
        Templates.checkReadable(selector, "", problems);
        Templates.checkTemplate(withClaims(spec), "spec.template", problems);
        Templates.runsForGood(Tree.at(spec, "template"), "StatefulSet", problems);
    }

    /// The template as its pods have it: each claim is a volume of theirs.
    private static JsonNode withClaims(JsonNode spec) {
        var template = Tree.copy(spec, "template");
        var pod = Tree.child(template, "spec");
        var own = Tree.objects(pod, "volumes").stream().map(v -> Tree.text(v, "name")).toList();
        for (var claim : Tree.objects(spec, "volumeClaimTemplates")) {
            var name = Tree.text(claim, "metadata", "name");
            if (!own.contains(name)) {
                var volumes =
                        pod.get("volumes") instanceof ArrayNode there
                                ? there
                                : pod.putArray("volumes");
                volumes.addObject()
                        .put("name", name)
                        .putObject("persistentVolumeClaim")
                        .put("claimName", name);
            }
        }
        return template;
    }
}
