package dev.flotilla.registry.write;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.DeleteOptions;
import dev.flotilla.registry.engine.Engine;
import dev.flotilla.registry.keep.Commits;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Entry;

import io.fabric8.kubernetes.api.model.Pod;

import tools.jackson.databind.node.ObjectNode;

import java.util.Set;

/// Removes a pod that has to make room, unless a budget says that it is needed.
public final class Evictor {
    private static final Set<String> OUT_OF_WORK = Set.of("Succeeded", "Failed", "Pending");

    private final Engine engine;
    private final Remover remover;
    private final Budgets budgets;

    public Evictor(Engine engine, Remover remover) {
        this.engine = engine;
        this.remover = remover;
        budgets = new Budgets(engine);
    }

    /// @throws ApiFailure 429 if a budget forbids it now
    public void evict(ObjectKey key, DeleteOptions options) {
        var pods = engine.catalog().of(Pod.class).type();
        boolean paid = false;
        for (int i = 0; i < Commits.TRIES; i++) {
            var entry = engine.entry(pods, key);
            var pod = Shelf.tree(entry);
            Remover.checkPreconditions(pods, key, pod, options);
            if (!paid && covered(pod)) {
                paid = budgets.take(key, pod, options.dryRun());
            }
            if (removed(entry, pod, options)) {
                return;
            }
        }
        throw ApiFailure.conflict(pods, key.name());
    }

    /// Whether a budget protects the pod: one that is over, goes, or never began needs none.
    private static boolean covered(ObjectNode pod) {
        return !OUT_OF_WORK.contains(Tree.text(pod, "status", "phase"))
                && !Tree.has(pod, "metadata", "deletionTimestamp");
    }

    /// Tells the pod why it goes, and deletes it.
    ///
    /// @return false if someone else wrote first: what was decided about it may not hold any more
    private boolean removed(Entry entry, ObjectNode pod, DeleteOptions options) {
        if (!options.dryRun()) {
            if (engine.replace(entry, pod, disrupted(pod)).isEmpty()) {
                return false;
            }
        }
        var key =
                new ObjectKey(
                        Tree.text(pod, "metadata", "namespace"),
                        Tree.text(pod, "metadata", "name"));
        var _ =
                remover.removed(
                        engine.catalog().of(Pod.class).type(), key, options.ofAnyRevision());
        return true;
    }

    private ObjectNode disrupted(ObjectNode pod) {
        var next = Tree.shallow(pod);
        var status = Tree.own(next, "status");
        var conditions = Tree.list();
        Tree.objects(status, "conditions").stream()
                .filter(c -> !Tree.text(c, "type").equals("DisruptionTarget"))
                .forEach(conditions::add);
        conditions
                .addObject()
                .put("type", "DisruptionTarget")
                .put("status", "True")
                .put("lastTransitionTime", engine.metadata().timestamp(0))
                .put("reason", "EvictionByEvictionAPI")
                .put("message", "Eviction API: evicting");
        status.set("conditions", conditions);
        return next;
    }
}
