package dev.flotilla.registry.apply;

import dev.flotilla.registry.apply.Managed.Owned;
import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Keeps `metadata.managedFields` up to date on creations, updates and patches. Who writes owns
/// what it changes, and nobody else does any more; who removes a field takes it from everyone.
public final class Tracking {
    private static final String FIELD = "managedFields";

    private Tracking() {}

    /// The entries of a new object. What was sent of them is lost: all is new.
    ///
    /// @return null if there are none
    public static @Nullable ArrayNode created(Type type, ObjectNode object, Writer by) {
        var changes = Changes.between(type, Tree.empty(), bare(object));
        return json(update(changes, Managed.NONE, by));
    }

    /// The entries of a changed object. An object that has none is not tracked: everyone may have
    /// written it.
    ///
    /// @param before as it is kept
    /// @param after with what was sent of `managedFields`, which counts only if the whole object
    ///   was written
    /// @return null if there are none
    public static @Nullable ArrayNode updated(
            Type type, ObjectNode before, ObjectNode after, Writer by) {
        var sent = by.subresource().isEmpty() ? sent(after) : null;
        var managed = sent == null ? kept(before) : sent;
        if (managed.isEmpty()) {
            return null;
        }
        var changes = Changes.between(type, bare(before), bare(after));
        return sent == null && changes.isEmpty()
                ? entries(before)
                : json(update(changes, managed, by));
    }

    /// Whether nothing but the times of entries differs: such a write is none.
    public static boolean sameButTimes(ObjectNode before, ObjectNode after) {
        return Tree.same(timeless(before), timeless(after)) && Tree.same(bare(before), bare(after));
    }

    private static JsonNode timeless(ObjectNode object) {
        var entries = Tree.at(object, "metadata", FIELD);
        if (!entries.isArray()) {
            return entries;
        }
        var timeless = Tree.list();
        for (var entry : entries) {
            var copy = Tree.empty();
            entry.properties().stream()
                    .filter(f -> !f.getKey().equals("time"))
                    .forEach(f -> copy.set(f.getKey(), f.getValue()));
            timeless.add(copy);
        }
        return timeless;
    }

    static Managed update(Changes changes, Managed managed, Writer by) {
        if (changes.isEmpty()) {
            return managed;
        }
        var me = Manager.updating(by.name(), by.apiVersion(), by.subresource());
        var others = managed.without(changes.set().or(changes.gone()), null);
        var mine = changes.set().minus(ServersOwn.FIELDS);
        if (mine.isEmpty()) {
            return others;
        }
        return Cap.held(
                others.with(me, new Owned(others.fields(me).or(mine), by.apiVersion(), by.time())));
    }

    /// What counts of the entries that came with an object.
    ///
    /// @return none if it asks to forget them; null if it has none of its own or they can't be read
    private static @Nullable Managed sent(ObjectNode object) {
        var list = Tree.at(object, "metadata", FIELD);
        if (list.isArray() && (list.isEmpty() || (list.size() == 1 && list.get(0).isEmpty()))) {
            return Managed.NONE;
        }
        var sent = read(list);
        return sent.isEmpty() ? null : sent;
    }

    static Managed kept(ObjectNode object) {
        return read(Tree.at(object, "metadata", FIELD));
    }

    private static Managed read(JsonNode list) {
        try {
            return list.isArray() ? Managed.of(list) : Managed.NONE;
        } catch (BadManagedFields e) {
            return Managed.NONE;
        }
    }

    /// The object without its entries: they own nothing of themselves.
    static ObjectNode bare(ObjectNode object) {
        if (!Tree.has(object, "metadata", FIELD)) {
            return object;
        }
        var bare = Tree.empty();
        bare.setAll(object);
        var metadata = Tree.empty();
        metadata.setAll((ObjectNode) object.path("metadata"));
        metadata.remove(FIELD);
        return bare.set("metadata", metadata);
    }

    private static @Nullable ArrayNode entries(ObjectNode object) {
        return Tree.at(object, "metadata", FIELD) instanceof ArrayNode list
                ? list.deepCopy()
                : null;
    }

    private static @Nullable ArrayNode json(Managed managed) {
        return managed.isEmpty() ? null : managed.json();
    }
}
