package dev.flotilla.registry.schema;

import dev.flotilla.registry.apply.Type;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.StringNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The classes of the typed model as types for apply, each made once.
public final class ApplyTypes {
    private final Models models;
    private final Map<Class<?>, Type.Struct> known = new ConcurrentHashMap<>();

    public ApplyTypes(Models models) {
        this.models = models;
    }

    /// The type of the objects of a kind.
    public Type of(Class<?> kind) {
        return struct(kind);
    }

    private record Fields(Map<String, Type> fields, Set<String> always) implements Type.Struct {
        @Override
        public @Nullable Type field(String name) {
            return fields.get(name);
        }
    }

    /// A class is looked into only when a value of it is, so that one may lead back to itself.
    private record Later(ApplyTypes types, Class<?> model) implements Type.Struct {
        @Override
        public @Nullable Type field(String name) {
            return types.struct(model).field(name);
        }

        @Override
        public Set<String> always() {
            return types.struct(model).always();
        }
    }

    private Type.Struct struct(Class<?> model) {
        var present = known.get(model);
        return present == null ? known.computeIfAbsent(model, this::read) : present;
    }

    private Type.Struct read(Class<?> model) {
        var fields = new HashMap<String, Type>();
        var always = new HashSet<String>();
        var facts = Facts.of(model);
        models.fields(model)
                .forEach(
                        (name, shape) -> {
                            var field = facts.field(name);
                            fields.put(name, type(shape, field));
                            if (field.always()) {
                                always.add(name);
                            }
                        });
        return new Fields(Map.copyOf(fields), Set.copyOf(always));
    }

    private Type type(Shape shape, FieldFacts facts) {
        return switch (shape) {
            case Shape.Fields(var model) ->
                    Facts.of(model).atomic() && !facts.granular()
                            ? Type.LEAF
                            : new Later(this, model);
            case Shape.ListOf(var element) -> list(element, facts);
            case Shape.MapOf(var value) ->
                    facts.atomic() ? Type.LEAF : new Type.MapOf(type(value, FieldFacts.NONE));

            case Shape.Text _,
                    Shape.Bytes _,
                    Shape.Time _,
                    Shape.Whole _,
                    Shape.Real _,
                    Shape.Truth _,
                    Shape.Amount _,
                    Shape.IntOrText _,
                    Shape.Anything _ ->
                    Type.LEAF;
        };
    }

    private Type list(Shape element, FieldFacts facts) {
        if (facts.set()) {
            return new Type.SetOf();
        }
        if (facts.keys().isEmpty() || !(element instanceof Shape.Fields(var model))) {
            return Type.LEAF;
        }
        var keys = facts.keys().stream().sorted().map(name -> key(model, name)).toList();
        return new Type.Keyed(keys, new Later(this, model));
    }

    private static Type.Key key(Class<?> model, String name) {
        var otherwise = Facts.of(model, name).otherwise();
        return new Type.Key(name, otherwise == null ? null : StringNode.valueOf(otherwise));
    }
}
