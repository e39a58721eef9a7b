package dev.flotilla.registry.kinds.apps;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Shares;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kinds.pod.Templates;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.table.DaemonSetCells;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.apps.DaemonSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// A pod on each node.
final class DaemonSets implements Kind {
    private static final ResourceType TYPE =
            Types.of("apps/v1", "daemonsets", DaemonSet.class)
                    .shortNames("ds")
                    .inAll()
                    .status()
                    .build();

    /// Counts the templates it had; kept for clients of old.
    private static final String TEMPLATES = "deprecated.daemonset.template.generation";

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
        Templates.fillTemplate(spec);
        Tree.setDefault(spec, "revisionHistoryLimit", 10);
        var strategy = Tree.child(spec, "updateStrategy");
        Tree.setDefault(strategy, "type", "RollingUpdate");
        if (Tree.text(strategy, "type").equals("RollingUpdate")) {
            var rolling = Tree.child(strategy, "rollingUpdate");
            Tree.setDefault(rolling, "maxUnavailable", 1);
            Tree.setDefault(rolling, "maxSurge", 0);
        }
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        templates(object, Math.max(1, templates(object)));
        object.putObject("status")
                .put("currentNumberScheduled", 0)
                .put("numberMisscheduled", 0)
                .put("desiredNumberScheduled", 0)
                .put("numberReady", 0);
    }

    @Override
    public void prepareUpdate(ObjectNode before, ObjectNode after) {
        boolean same =
                Tree.same(Tree.at(before, "spec", "template"), Tree.at(after, "spec", "template"));
        templates(after, templates(before) + (same ? 0 : 1));
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var spec = Tree.at(object, "spec");
        var selector = Tree.at(spec, "selector");
        if (!selector.isMissingNode()) {
            Templates.checkSelector(selector, "daemonset", problems);
        }
        Templates.checkMatch(spec, problems);
        var template = Tree.at(spec, "template");
        Templates.checkTemplate(template, "spec.template", problems);
        Templates.runsForGood(template, "DaemonSet", problems);
        Counts.notNegative(spec, "spec", problems, "minReadySeconds");
        strategy(Tree.at(spec, "updateStrategy"), problems);
        Counts.notNegative(spec, "spec", problems, "revisionHistoryLimit");
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        Templates.checkChange(before, after, problems);
    }

    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        var status = Tree.at(after, "status");
        Counts.notNegative(
                status,
                "status",
                problems,
                "currentNumberScheduled",
                "numberMisscheduled",
                "desiredNumberScheduled",
                "numberReady",
                "observedGeneration",
                "updatedNumberScheduled",
                "numberAvailable",
                "numberUnavailable",
                "collisionCount");
        Counts.notDecremented(
                Tree.at(before, "status"), status, "status", problems, "collisionCount");
    }

    @Override
    public List<Column> columns() {
        return DaemonSetCells.COLUMNS;
    }

    private static long templates(ObjectNode object) {
        var text = Tree.text(object, "metadata", "annotations", TEMPLATES);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private static void templates(ObjectNode object, long count) {
        Tree.child(Tree.child(object, "metadata"), "annotations")
                .put(TEMPLATES, Long.toString(count));
    }

    private static void strategy(JsonNode strategy, Problems problems) {
        switch (Tree.text(strategy, "type")) {
            case "OnDelete" -> {}
            case "RollingUpdate" -> rolling(Tree.at(strategy, "rollingUpdate"), problems);
            default ->
                    problems.notOneOf(
                            "spec.updateStrategy", strategy, List.of("RollingUpdate", "OnDelete"));
        }
    }

    private static void rolling(JsonNode rolling, Problems problems) {
        var at = "spec.updateStrategy.rollingUpdate.";
        var unavailable = Tree.at(rolling, "maxUnavailable");
        var surge = Tree.at(rolling, "maxSurge");
        Shares.check(unavailable, at + "maxUnavailable", problems);
        Shares.check(surge, at + "maxSurge", problems);
        Shares.atMostAll(unavailable, at + "maxUnavailable", problems);
        Shares.atMostAll(surge, at + "maxSurge", problems);
        boolean takesAway = !Shares.none(unavailable);
        boolean adds = !Shares.none(surge);
        if (takesAway && adds) {
            problems.invalid(
                    at + "maxSurge", surge, "may not be set when maxUnavailable is non-zero");
        } else if (!takesAway && !adds) {
            problems.required(at + "maxUnavailable", "cannot be 0 when maxSurge is 0");
        }
    }
}
