package dev.flotilla.registry.keep;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.admission.Quotas;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Entry;
import dev.flotilla.store.Result;
import dev.flotilla.store.Store;
import dev.flotilla.store.Write;

import io.fabric8.kubernetes.api.model.ResourceQuota;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Keeps the quotas' accounts.
///
/// Charges ride with the writes they are for. Only a quota that is new, or limits other things than
/// before, has to be counted anew; who wrote at that moment without knowing of it looks once more
/// afterwards, and counts anew too.
final class Ledger {
    private static final String QUOTAS = "/core/resourcequotas/";

    private final Store store;
    private final List<ResourceType> types;

    /// A quota as it is kept.
    record Kept(Entry entry, ObjectNode quota) {
        private boolean sameLimits(Kept other) {
            return entry.key().equals(other.entry.key())
                    && entry.createdRevision() == other.entry.createdRevision()
                    && Tree.same(Tree.at(quota, "spec"), Tree.at(other.quota, "spec"));
        }
    }

    Ledger(Store store, List<Kind> kinds) {
        this.store = store;
        types = kinds.stream().map(Kind::type).filter(ResourceType::namespaced).toList();
    }

    /// @param namespace empty for what is in none, and charged to none
    List<Kept> quotas(String namespace) {
        return namespace.isEmpty() ? List.of() : below(QUOTAS + namespace + "/");
    }

    private List<Kept> below(String prefix) {
        return store.list(prefix).entries().stream().map(e -> new Kept(e, Shelf.tree(e))).toList();
    }

    /// The writes that charge `changes` to the quotas of their namespace.
    ///
    /// @throws ApiFailure 403 if one allows less
    List<Write> charges(List<Change> changes, List<Kept> quotas, Map<String, Kind> kinds) {
        var writes = new ArrayList<Write>();
        for (var kept : quotas) {
            var quota = kept.quota();
            boolean charged = false;
            for (var change : changes) {
                var kind = kinds.get(change.root());
                if (kind == null || change.place().equals(kept.entry().key())) {
                    continue;
                }
                var next = Quotas.charged(quota, kind.type(), change.before(), change.after());
                charged |= next.isPresent();
                quota = next.orElse(quota);
            }
            if (charged) {
                writes.add(write(kept.entry(), quota));
            }
        }
        return writes;
    }

    /// Puts the count into a quota that is new or limits other things than before.
    void countNew(Change change) {
        if (!isQuota(change.place()) || change.goes()) {
            return;
        }
        var before = change.before();
        if (before == null || !Tree.same(Tree.at(before, "spec"), Tree.at(change.body(), "spec"))) {
            change.body().set("status", counted(change.body(), before == null).path("status"));
        }
    }

    /// Looks after a write whether quotas came to be, or changed, that it was not charged to.
    void settle(List<Change> changes, List<Kept> seen) {
        for (var change : changes) {
            if (isQuota(change.place())) {
                if (!change.goes()) {
                    recount(change.place());
                }
                return;
            }
        }
        for (var now : quotas(changes.getFirst().namespace())) {
            if (seen.stream().noneMatch(now::sameLimits)) {
                recount(now.entry().key());
            }
        }
    }

    void recountAll() {
        below(QUOTAS).forEach(kept -> recount(kept.entry().key()));
    }

    /// Until the count was right at a moment when nobody charged anything.
    private void recount(String place) {
        for (int i = 0; i < Commits.TRIES; i++) {
            var entry = store.get(place);
            if (entry.isEmpty()) {
                return;
            }
            var quota = Shelf.tree(entry.get());
            var right = counted(quota, false);
            if (Tree.same(quota, right)
                    || store.write(List.of(write(entry.get(), right))) instanceof Result.Done) {
                return;
            }
        }
    }

    private ObjectNode counted(ObjectNode quota, boolean unborn) {
        var namespace = Tree.text(quota, "metadata", "namespace");
        var all =
                types.stream()
                        .filter(t -> Quotas.concerns(quota, t))
                        .flatMap(
                                t ->
                                        store.list(Shelf.prefix(t, namespace)).entries().stream()
                                                .map(e -> new Quotas.Counted(t, Shelf.tree(e))));
        return Quotas.counted(quota, unborn ? Stream.concat(all, itself(quota)) : all);
    }

    /// A quota counts among the quotas from the moment it is there.
    private Stream<Quotas.Counted> itself(ObjectNode quota) {
        return types.stream()
                .filter(t -> t.model() == ResourceQuota.class)
                .map(t -> new Quotas.Counted(t, quota));
    }

    private static boolean isQuota(String place) {
        return place.startsWith(QUOTAS);
    }

    private static Write write(Entry entry, ObjectNode quota) {
        return new Write(entry.key(), entry.revision(), false, new StoredBody(quota));
    }
}
