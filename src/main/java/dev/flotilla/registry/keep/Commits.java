package dev.flotilla.registry.keep;

import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kinds.Kinds;
import dev.flotilla.store.Entry;
import dev.flotilla.store.Result;
import dev.flotilla.store.Store;
import dev.flotilla.store.Write;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Writes objects together with what must come true with them or not at all: the claims they hold,
/// and what they are charged.
public final class Commits {
    /// How often a write without a revision of its own is tried against a moving object.
    public static final int TRIES = 16;

    /// Those who write to a quota do it one after another; each would else undo the others' charge
    /// and have to begin again.
    private final ReentrantLock turn = new ReentrantLock(true);

    private final Map<String, Kind> kinds = new HashMap<>();
    private final Store store;
    private final Ledger ledger;

    /// @param store all that is written goes there
    public Commits(Store store) {
        this.store = store;
        for (var kind : Kinds.all()) {
            kinds.put(Shelf.prefix(kind.type(), ""), kind);
        }
        ledger = new Ledger(store, List.copyOf(kinds.values()));
    }

    /// @return the first object as written; empty if something was not as expected
    /// @throws ApiFailure 403 if a quota allows less
    public Optional<Entry> commit(List<Change> changes) {
        for (int i = 0; ; i++) {
            var seen = ledger.quotas(changes.getFirst().namespace());
            var result = seen.isEmpty() ? attempt(changes, seen) : inTurn(changes);
            switch (result) {
                case Result.Done(var entries) -> {
                    ledger.settle(changes, seen);
                    return Optional.of(entries.getFirst());
                }
                case Result.Conflict(var key, var _) -> {
                    boolean own = changes.stream().anyMatch(c -> c.place().equals(key));
                    if (own || Claims.isPlace(key) || i == TRIES) {
                        return Optional.empty();
                    }
                }
            }
        }
    }

    /// Refuses what a quota would refuse.
    ///
    /// @throws ApiFailure 403
    public void rehearse(Change change) {
        ledger.charges(List.of(change), ledger.quotas(change.namespace()), kinds);
    }

    /// Counts all that is used anew.
    public void recountAll() {
        ledger.recountAll();
    }

    private Result inTurn(List<Change> changes) {
        turn.lock();
        try {
            return attempt(changes, ledger.quotas(changes.getFirst().namespace()));
        } finally {
            turn.unlock();
        }
    }

    private Result attempt(List<Change> changes, List<Ledger.Kept> quotas) {
        var charges = ledger.charges(changes, quotas, kinds);
        changes.forEach(ledger::countNew);
        var writes = new ArrayList<Write>();
        changes.forEach(c -> writes.add(c.write()));
        for (var change : changes) {
            var before = change.before();
            var after = change.after();
            writes.addAll(
                    Claims.writes(
                            store,
                            change.place(),
                            before == null ? Set.of() : claims(change, before),
                            after == null ? Set.of() : claims(change, after)));
        }
        writes.addAll(charges);
        return store.write(writes);
    }

    private Set<String> claims(Change change, ObjectNode object) {
        var kind = kinds.get(change.root());
        return kind == null ? Set.of() : kind.claims(object);
    }
}
