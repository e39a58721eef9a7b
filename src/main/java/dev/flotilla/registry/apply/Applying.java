package dev.flotilla.registry.apply;

import dev.flotilla.registry.apply.Managed.Owned;
import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.TreeMap;

/// Server-side apply: a manager says all that it wants, and gets it if nobody else owns it.
public final class Applying {
    private final Type type;
    private final Writer by;
    private final Manager me;

    /// @param by who applies
    public Applying(Type type, Writer by) {
        this.type = type;
        this.by = by;
        me = Manager.applying(by.name(), by.subresource());
    }

    /// What comes of it.
    ///
    /// @param object without its entries
    /// @param managedFields its entries
    public record Applied(ObjectNode object, ArrayNode managedFields) {}

    /// @param live as it is kept; empty if there is none yet
    /// @param wanted all that this manager wants
    /// @param force takes what others own
    /// @throws Conflict if others own what gets another value, and it is not taken by force
    public Applied to(ObjectNode live, ObjectNode wanted, boolean force) {
        var bare = Tracking.bare(live);
        var managed = Tracking.kept(live);
        if (managed.isEmpty()) {
            var all = Changes.between(type, Tree.empty(), bare);
            managed = Tracking.update(all, managed, by.beforeAnyone());
        }
        var applied = attempt(bare, wanted, managed, force);
        LastApplied.renew(applied.object, wanted, by);
        return applied;
    }

    private Applied attempt(ObjectNode live, ObjectNode wanted, Managed managed, boolean force) {
        try {
            return merged(live, wanted, managed, force);
        } catch (Conflict e) {
            var left = LastApplied.left(e, type, live, by);
            if (!left.isEmpty()) {
                throw new Conflict(left);
            }
            return merged(live, wanted, managed, true);
        }
    }

    private Applied merged(ObjectNode live, ObjectNode wanted, Managed managed, boolean force) {
        var mine = Extract.of(type, wanted).minus(ServersOwn.FIELDS);
        var next = managed.with(me, new Owned(mine, by.apiVersion(), by.time()));
        var merged = Merge.of(type, live, wanted);
        var object = object(pruned(merged, managed.fields(me), next.all()));
        var changes = Changes.between(type, live, object);
        if (!force) {
            refuseToTake(changes.set(), next);
        }
        var lost = changes.set().or(changes.gone());
        return new Applied(object, next.without(lost, me).json());
    }

    private void refuseToTake(FieldSet set, Managed managed) {
        var taken = new TreeMap<Manager, FieldSet>();
        managed.entries()
                .forEach(
                        (manager, owned) -> {
                            var some = owned.fields().and(set);
                            if (!manager.equals(me) && !some.isEmpty()) {
                                taken.put(manager, some);
                            }
                        });
        if (!taken.isEmpty()) {
            throw new Conflict(taken);
        }
    }

    /// Without what this manager wanted last time, does not want now, and nobody else owns.
    private @Nullable JsonNode pruned(JsonNode merged, FieldSet last, FieldSet owned) {
        if (last.isEmpty()) {
            return merged;
        }
        var present = Extract.of(type, merged);
        var kept = without(merged, present.minus(fields(without(merged, last)).or(owned)));
        return without(merged, present.minus(fields(kept)).and(last));
    }

    private @Nullable JsonNode without(JsonNode value, FieldSet fields) {
        return Prune.without(type, value, fields);
    }

    private FieldSet fields(@Nullable JsonNode value) {
        return value == null ? FieldSet.NONE : Extract.of(type, value);
    }

    private static ObjectNode object(@Nullable JsonNode value) {
        return value instanceof ObjectNode object ? object : Tree.empty();
    }
}
