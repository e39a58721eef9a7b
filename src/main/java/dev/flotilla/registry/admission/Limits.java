package dev.flotilla.registry.admission;

import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/// A namespace's LimitRanges: what containers get that ask for nothing, and how much or how little
/// may be asked for.
final class Limits implements Step {
    private static final String MARK = "kubernetes.io/limit-ranger";

    @Override
    public void fill(Attempt attempt, Surroundings around) {
        if (!attempt.isNew() || !attempt.of(Pod.class)) {
            return;
        }
        for (var range : around.list(LimitRange.class, attempt.namespace())) {
            var done = new ArrayList<String>();
            for (var limit : Tree.objects(range, "spec", "limits")) {
                if (Tree.text(limit, "type").equals("Container")) {
                    fill(attempt.spec(), limit, done);
                }
            }
            if (!done.isEmpty()) {
                Tree.child(Tree.child(attempt.object(), "metadata"), "annotations")
                        .put(MARK, "LimitRanger plugin set: " + String.join("; ", done));
            }
        }
    }

    private static void fill(ObjectNode spec, ObjectNode limit, List<String> done) {
        Tree.objects(spec, "containers").forEach(c -> fill(c, "container", limit, done));
        Tree.objects(spec, "initContainers").forEach(c -> fill(c, "init container", limit, done));
    }

    private static void fill(
            ObjectNode container, String what, ObjectNode limit, List<String> done) {
        var limits = missing(container, "limits", limit, "default");
        var requests = missing(container, "requests", limit, "defaultRequest");
        var name = Tree.text(container, "name");
        if (!requests.isEmpty()) {
            done.add("%s request for %s %s".formatted(String.join(", ", requests), what, name));
        }
        if (!limits.isEmpty()) {
            done.add("%s limit for %s %s".formatted(String.join(", ", limits), what, name));
        }
    }

    /// Puts in what is missing.
    ///
    /// @return the names of that
    private static List<String> missing(
            ObjectNode container, String part, ObjectNode limit, String defaults) {
        var names = new ArrayList<String>();
        for (var amount : Tree.fields(limit, defaults)) {
            if (!Tree.has(container, "resources", part, amount.getKey())) {
                Tree.child(Tree.child(container, "resources"), part)
                        .set(amount.getKey(), amount.getValue());
                names.add(amount.getKey());
            }
        }
        names.sort(null);
        return names;
    }

    @Override
    public void check(Attempt attempt, Surroundings around) {
        boolean pod = attempt.isNew() && attempt.of(Pod.class);
        if (!pod && !attempt.of(PersistentVolumeClaim.class)) {
            return;
        }
        for (var range : around.list(LimitRange.class, attempt.namespace())) {
            var bounds = new Bounds();
            for (var limit : Tree.objects(range, "spec", "limits")) {
                if (pod) {
                    bounds.pod(limit, attempt.spec());
                } else if (Tree.text(limit, "type").equals("PersistentVolumeClaim")) {
                    bounds.claim(limit, Tree.at(attempt.spec(), "resources", "requests"));
                }
            }
            bounds.told()
                    .ifPresent(
                            why -> {
                                throw attempt.forbidden(why);
                            });
        }
    }
}
