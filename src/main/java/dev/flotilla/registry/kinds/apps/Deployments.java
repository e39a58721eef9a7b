package dev.flotilla.registry.kinds.apps;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Shares;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kinds.pod.Templates;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.table.TemplateCells;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.apps.Deployment;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

final class Deployments implements Kind {
    private static final ResourceType TYPE =
            Types.of("apps/v1", "deployments", Deployment.class)
                    .shortNames("deploy")
                    .inAll()
                    .status()
                    .scale()
                    .build();

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
        Templates.fill(spec);
        Tree.setDefault(spec, "revisionHistoryLimit", 10);
        Tree.setDefault(spec, "progressDeadlineSeconds", 600);
        var strategy = Tree.child(spec, "strategy");
        Tree.setDefault(strategy, "type", "RollingUpdate");
        if (Tree.text(strategy, "type").equals("RollingUpdate")) {
            var rolling = Tree.child(strategy, "rollingUpdate");
            quarter(rolling, "maxUnavailable");
            quarter(rolling, "maxSurge");
        }
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status");
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        Templates.check(object, "deployment", problems);
        strategy(Tree.at(object, "spec", "strategy"), problems);
        Counts.notNegative(
                Tree.at(object, "spec"),
                "spec",
                problems,
                "minReadySeconds",
                "revisionHistoryLimit",
                "progressDeadlineSeconds");
        long ready = Tree.number(object, 0, "spec", "minReadySeconds");
        long deadline = Tree.number(object, 600, "spec", "progressDeadlineSeconds");
        if (deadline <= ready) {
            problems.invalid(
                    "spec.progressDeadlineSeconds",
                    deadline,
                    "must be greater than minReadySeconds");
        }
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        Templates.checkChange(before, after, problems);
    }

    /// Annotations tell the revisions of a rollout apart, so they count.
    @Override
    public boolean wishesMore(ObjectNode before, ObjectNode after) {
        return !Tree.same(
                Tree.at(before, "metadata", "annotations"),
                Tree.at(after, "metadata", "annotations"));
    }

    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        ReplicaCounts.check(
                before,
                after,
                problems,
                "updatedReplicas",
                "readyReplicas",
                "availableReplicas",
                "unavailableReplicas");
        ReplicaCounts.availableAreReady(after, "readyReplicas", problems);
    }

    @Override
    public List<Column> columns() {
        return TemplateCells.DEPLOYMENT;
    }

    private static void quarter(ObjectNode rolling, String name) {
        if (!rolling.has(name)) {
            rolling.put(name, "25%");
        }
    }

    private static void strategy(JsonNode strategy, Problems problems) {
        var type = Tree.text(strategy, "type");
        switch (type) {
            case "Recreate" -> {
                if (Tree.has(strategy, "rollingUpdate")) {
                    problems.forbidden(
                            "spec.strategy.rollingUpdate",
                            "may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> {
                var rolling = Tree.at(strategy, "rollingUpdate");
                var at = "spec.strategy.rollingUpdate.";
                Shares.check(Tree.at(rolling, "maxUnavailable"), at + "maxUnavailable", problems);
                Shares.check(Tree.at(rolling, "maxSurge"), at + "maxSurge", problems);
                if (Shares.none(Tree.at(rolling, "maxUnavailable"))
                        && Shares.none(Tree.at(rolling, "maxSurge"))) {
                    problems.invalid(
                            at + "maxUnavailable",
                            Tree.at(rolling, "maxUnavailable"),
                            "may not be 0 when `maxSurge` is 0");
                }
                Shares.atMostAll(
                        Tree.at(rolling, "maxUnavailable"), at + "maxUnavailable", problems);
            }
            default ->
                    problems.notOneOf(
                            "spec.strategy", strategy, List.of("Recreate", "RollingUpdate"));
        }
    }
}
