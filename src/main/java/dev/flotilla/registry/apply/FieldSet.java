package dev.flotilla.registry.apply;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A set of paths into an object, as a tree: each node is a path, in the set or only on the way to
/// one that is. An element of a path is written as `FieldsV1` writes it: `f:name`, `k:{…}`, `v:…`.
/// Never changed.
public final class FieldSet {
    public static final FieldSet NONE = new FieldSet(false, new TreeMap<>());

    /// The path itself and nothing below.
    static final FieldSet SELF = new FieldSet(true, new TreeMap<>());

    private final boolean owned;
    private final SortedMap<String, FieldSet> parts;

    private FieldSet(boolean owned, SortedMap<String, FieldSet> parts) {
        this.owned = owned;
        this.parts = parts;
    }

    /// @param parts nobody changes them any more; none is empty
    static FieldSet of(boolean owned, SortedMap<String, FieldSet> parts) {
        return parts.isEmpty() ? (owned ? SELF : NONE) : new FieldSet(owned, parts);
    }

    static FieldSet path(String... elements) {
        var set = SELF;
        for (int i = elements.length - 1; i >= 0; i--) {
            var parts = new TreeMap<String, FieldSet>();
            parts.put(elements[i], set);
            set = of(false, parts);
        }
        return set;
    }

    public boolean isEmpty() {
        return !owned && parts.isEmpty();
    }

    /// Whether the path itself is in the set.
    boolean owned() {
        return owned;
    }

    /// What is in the set below that element.
    FieldSet below(String element) {
        return parts.getOrDefault(element, NONE);
    }

    FieldSet withSelf() {
        return owned ? this : of(true, parts);
    }

    public FieldSet or(FieldSet other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        var all = new TreeMap<>(parts);
        other.parts.forEach((name, part) -> all.merge(name, part, FieldSet::or));
        return of(owned || other.owned, all);
    }

    public FieldSet and(FieldSet other) {
        var both = new TreeMap<String, FieldSet>();
        parts.forEach((name, part) -> put(both, name, part.and(other.below(name))));
        return of(owned && other.owned, both);
    }

    /// The paths that are not in `other`.
    public FieldSet minus(FieldSet other) {
        if (other.isEmpty() || isEmpty()) {
            return this;
        }
        var rest = new TreeMap<String, FieldSet>();
        parts.forEach((name, part) -> put(rest, name, part.minus(other.below(name))));
        return of(owned && !other.owned, rest);
    }

    static void put(SortedMap<String, FieldSet> parts, String element, FieldSet below) {
        if (!below.isEmpty()) {
            parts.put(element, below);
        }
    }

    /// Each path as Kubernetes' messages write it, such as `.spec.ports[port=80].name`.
    public List<String> paths() {
        var all = new ArrayList<String>();
        collect("", all::add);
        return all;
    }

    private void collect(String path, Consumer<String> found) {
        if (owned) {
            found.accept(path);
        }
        parts.forEach((element, below) -> below.collect(path + Elements.text(element), found));
    }

    /// As `fieldsV1` holds it.
    public ObjectNode json() {
        var json = Tree.empty();
        if (owned && !parts.isEmpty()) {
            json.putObject(".");
        }
        parts.forEach((element, below) -> json.set(element, below.json()));
        return json;
    }

    /// @throws BadManagedFields if it is not written as `fieldsV1` is
    public static FieldSet of(JsonNode json) {
        if (!(json instanceof ObjectNode object)) {
            throw new BadManagedFields("a set of fields must be an object, not " + json);
        }
        return read(object, false);
    }

    private static FieldSet read(ObjectNode json, boolean emptyIsSelf) {
        if (json.isEmpty()) {
            return emptyIsSelf ? SELF : NONE;
        }
        boolean self = false;
        var parts = new TreeMap<String, FieldSet>();
        for (var field : json.properties()) {
            var name = field.getKey();
            if (name.equals(".")) {
                self = true;
            } else if (Elements.known(name)) {
                if (!(field.getValue() instanceof ObjectNode below)) {
                    throw new BadManagedFields("below " + name + " must be an object");
                }
                put(parts, name, read(below, true));
            }
        }
        return of(self, parts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet set && owned == set.owned && parts.equals(set.parts);
    }

    @Override
    public int hashCode() {
        return 31 * parts.hashCode() + Boolean.hashCode(owned);
    }

    @Override
    public String toString() {
        return json().toString();
    }
}
