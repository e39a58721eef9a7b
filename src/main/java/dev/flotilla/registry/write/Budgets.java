package dev.flotilla.registry.write;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.engine.Engine;
import dev.flotilla.registry.keep.Commits;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.select.BadSelector;
import dev.flotilla.registry.select.LabelObjects;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Entry;

import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// The budgets of evictions. Each eviction is taken off its budget before the pod goes, so that
/// many at once don't overdraw it; the disruption controller then counts anew.
final class Budgets {
    private static final int MOST_DISRUPTED = 2000;
    private static final int SECONDS_TO_WAIT = 10;
    private static final String CAUSE = "DisruptionBudget";
    private static final String CONDITION = "DisruptionAllowed";
    private static final String REFUSAL =
            "Cannot evict pod as it would violate the pod's disruption budget.";

    private final Engine engine;
    private final ResourceType type;

    Budgets(Engine engine) {
        this.engine = engine;
        type = engine.catalog().of(PodDisruptionBudget.class).type();
    }

    /// Takes the pod off its budget.
    ///
    /// @return false if it need not be, as things are: it is not healthy, and no other is missed
    /// @throws ApiFailure 429 if nothing is left
    boolean take(ObjectKey key, ObjectNode pod, boolean dryRun) {
        var name = "";
        for (int i = 0; i < Commits.TRIES; i++) {
            var found = of(key, pod);
            if (found.isEmpty()) {
                return true;
            }
            var budget = Shelf.tree(found.get());
            if (!ready(pod) && idle(budget)) {
                return false;
            }
            name = Tree.text(budget, "metadata", "name");
            check(budget, name);
            var less = taken(budget, key.name());
            if (dryRun || engine.replace(found.get(), budget, less).isPresent()) {
                return true;
            }
        }
        throw processed(name);
    }

    /// The one budget that selects the pod.
    private Optional<Entry> of(ObjectKey key, ObjectNode pod) {
        var labels = Tree.at(pod, "metadata", "labels");
        var found =
                engine.store().list(Shelf.prefix(type, key.namespace())).entries().stream()
                        .filter(e -> selects(Shelf.tree(e), labels))
                        .toList();
        if (found.size() > 1) {
            throw ApiFailure.contradiction(
                    "This pod has more than one PodDisruptionBudget, which the eviction"
                            + " subresource does not support.");
        }
        return found.stream().findFirst();
    }

    private static boolean selects(ObjectNode budget, JsonNode labels) {
        var selector = Tree.at(budget, "spec", "selector");
        try {
            return !selector.isMissingNode() && LabelObjects.read(selector).matchesLabels(labels);
        } catch (BadSelector e) {
            return false;
        }
    }

    private static boolean idle(ObjectNode budget) {
        long desired = Tree.number(budget, 0, "status", "desiredHealthy");
        return Tree.text(budget, "spec", "unhealthyPodEvictionPolicy").equals("AlwaysAllow")
                || (desired > 0 && Tree.number(budget, 0, "status", "currentHealthy") >= desired);
    }

    private static boolean ready(ObjectNode pod) {
        return Tree.objects(pod, "status", "conditions").stream()
                .anyMatch(
                        c ->
                                Tree.text(c, "type").equals("Ready")
                                        && Tree.text(c, "status").equals("True"));
    }

    private void check(ObjectNode budget, String name) {
        var status = Tree.at(budget, "status");
        if (Tree.number(status, 0, "observedGeneration")
                < Tree.number(budget, 0, "metadata", "generation")) {
            throw processed(name);
        }
        long allowed = Tree.number(status, 0, "disruptionsAllowed");
        if (allowed < 0) {
            throw ApiFailure.forbidden(type, name, "pdb disruptions allowed is negative");
        }
        if (Tree.at(status, "disruptedPods").size() > MOST_DISRUPTED) {
            throw ApiFailure.forbidden(
                    type,
                    name,
                    "DisruptedPods map too big - too many evictions not confirmed by PDB"
                            + " controller");
        }
        if (allowed == 0) {
            throw ApiFailure.tooManyRequests(REFUSAL, 0, CAUSE, denial(name, status));
        }
    }

    private static String denial(String name, JsonNode status) {
        var condition =
                Tree.objects(status, "conditions").stream()
                        .filter(c -> Tree.text(c, "type").equals(CONDITION))
                        .filter(c -> Tree.text(c, "status").equals("False"))
                        .filter(c -> !Tree.text(c, "message").isEmpty())
                        .findFirst();
        var reason = condition.map(c -> Tree.text(c, "reason")).orElse("");
        var message = condition.map(c -> Tree.text(c, "message")).orElse("");
        var budget = "The disruption budget " + name;
        if (reason.equals("SyncFailed")) {
            return budget
                    + " does not allow evicting pods currently because it failed sync: "
                    + message;
        }
        long healthy = Tree.number(status, 0, "currentHealthy");
        long desired = Tree.number(status, 0, "desiredHealthy");
        if (healthy <= desired) {
            return budget
                    + " needs %d healthy pods and has %d currently".formatted(desired, healthy);
        }
        var denial = budget + " does not allow evicting pods currently";
        return message.isEmpty() ? denial : denial + " (" + reason + "): " + message;
    }

    private ObjectNode taken(ObjectNode budget, String pod) {
        var next = Tree.shallow(budget);
        var status = Tree.own(next, "status");
        var now = engine.metadata().timestamp(0);
        long left = Tree.number(status, 0, "disruptionsAllowed") - 1;
        status.put("disruptionsAllowed", left);
        Tree.own(status, "disruptedPods").put(pod, now);
        if (left == 0) {
            exhausted(status, now);
        }
        return next;
    }

    private static void exhausted(ObjectNode status, String now) {
        var conditions = Tree.list();
        Tree.objects(status, "conditions").stream()
                .filter(c -> !Tree.text(c, "type").equals(CONDITION))
                .forEach(conditions::add);
        conditions
                .addObject()
                .put("type", CONDITION)
                .put("status", "False")
                .put("observedGeneration", Tree.number(status, 0, "observedGeneration"))
                .put("lastTransitionTime", now)
                .put("reason", "InsufficientPods")
                .put("message", "");
        status.set("conditions", conditions);
    }

    private static ApiFailure processed(String name) {
        return ApiFailure.tooManyRequests(
                REFUSAL,
                SECONDS_TO_WAIT,
                CAUSE,
                "The disruption budget " + name + " is still being processed by the server.");
    }
}
