package dev.flotilla.registry.apply;

import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a write does to an object.
///
/// @param set what is new or has another value
/// @param gone what is no longer there
record Changes(FieldSet set, FieldSet gone) {
    private static final Changes NONE = new Changes(FieldSet.NONE, FieldSet.NONE);
    private static final Changes SET = new Changes(FieldSet.SELF, FieldSet.NONE);
    private static final Changes GONE = new Changes(FieldSet.NONE, FieldSet.SELF);
    private static final JsonNode NO_FIELDS = Tree.empty();
    private static final JsonNode NO_ELEMENTS = Tree.list();

    boolean isEmpty() {
        return set.isEmpty() && gone.isEmpty();
    }

    /// @param before null if it was not there
    /// @param after null if it is no longer there
    static Changes between(Type type, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (type instanceof Type.Leaf || (nothingIn(before) && nothingIn(after))) {
            return leaf(before, after);
        }
        return switch (type) {
            case Type.Leaf _ -> leaf(before, after);
            case Type.Open _ ->
                    (before == null || before.isObject()) && (after == null || after.isObject())
                            ? object(type, Set.of(), before, after)
                            : leaf(before, after);
            case Type.Struct struct -> object(type, struct.always(), before, after);
            case Type.MapOf _ -> object(type, Set.of(), before, after);
            case Type.SetOf _, Type.Keyed _ -> list(type, before, after);
        };
    }

    private static boolean nothingIn(@Nullable JsonNode value) {
        return value == null || value.isNull() || (value.isContainer() && value.isEmpty());
    }

    private static Changes leaf(@Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null) {
            return after == null ? NONE : SET;
        }
        return after == null ? GONE : Tree.same(before, after) ? NONE : SET;
    }

    private static Changes object(
            Type type, Set<String> always, @Nullable JsonNode before, @Nullable JsonNode after) {
        var set = new TreeMap<String, FieldSet>();
        var gone = new TreeMap<String, FieldSet>();
        for (var name : names(always, before, after)) {
            var of = Type.within(type, name);
            var known = of == null ? Type.OPEN : of;
            var otherwise = always.contains(name) ? nothing(known) : null;
            add(
                    between(known, field(before, name, otherwise), field(after, name, otherwise)),
                    Elements.field(name),
                    set,
                    gone);
        }
        return whole(before, after, set, gone);
    }

    private static Collection<String> names(
            Set<String> always, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (always.isEmpty() && after != null && nothingIn(before)) {
            return after.propertyNames();
        }
        var names = new HashSet<>(always);
        if (before != null) {
            names.addAll(before.propertyNames());
        }
        if (after != null) {
            names.addAll(after.propertyNames());
        }
        return names;
    }

    private static JsonNode nothing(Type type) {
        return type instanceof Type.Keyed || type instanceof Type.SetOf ? NO_ELEMENTS : NO_FIELDS;
    }

    private static @Nullable JsonNode field(
            @Nullable JsonNode object, String name, @Nullable JsonNode otherwise) {
        if (object == null) {
            return null;
        }
        var value = object.get(name);
        return value == null ? otherwise : value;
    }

    private static Changes list(Type type, @Nullable JsonNode before, @Nullable JsonNode after) {
        var set = new TreeMap<String, FieldSet>();
        var gone = new TreeMap<String, FieldSet>();
        var was = elements(type, before);
        var is = elements(type, after);
        var names = new HashSet<>(was.keySet());
        names.addAll(is.keySet());
        for (var name : names) {
            var one = was.get(name);
            var other = is.get(name);
            boolean twice = (one != null && one.isArray()) || (other != null && other.isArray());
            var element = type instanceof Type.Keyed keyed && !twice ? keyed.element() : Type.LEAF;
            add(between(element, one, other), name, set, gone);
        }
        return whole(before, after, set, gone);
    }

    /// Those that can't be told apart stand together in a list, and are compared as one value.
    private static Map<String, JsonNode> elements(Type type, @Nullable JsonNode list) {
        var all = new LinkedHashMap<String, JsonNode>();
        if (list != null && list.isArray()) {
            int i = 0;
            for (var element : list) {
                all.merge(Elements.of(type, element, i++), element, Changes::together);
            }
        }
        return all;
    }

    private static JsonNode together(JsonNode some, JsonNode more) {
        var list = Tree.list();
        if (some.isArray()) {
            some.forEach(list::add);
        } else {
            list.add(some);
        }
        return list.add(more);
    }

    private static void add(
            Changes below,
            String element,
            SortedMap<String, FieldSet> set,
            SortedMap<String, FieldSet> gone) {
        FieldSet.put(set, element, below.set);
        FieldSet.put(gone, element, below.gone);
    }

    private static Changes whole(
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            SortedMap<String, FieldSet> set,
            SortedMap<String, FieldSet> gone) {
        if (before != null && after != null && set.isEmpty() && gone.isEmpty()) {
            return NONE;
        }
        return new Changes(FieldSet.of(before == null, set), FieldSet.of(after == null, gone));
    }
}
