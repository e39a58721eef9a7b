package dev.flotilla.registry.apply;

import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who owns what of one object: `metadata.managedFields`. Never changed.
record Managed(SortedMap<Manager, Owned> entries) {
    static final Managed NONE = new Managed(new TreeMap<>());

    private static final Comparator<Map.Entry<Manager, Owned>> AS_WRITTEN =
            Comparator.comparing((Map.Entry<Manager, Owned> e) -> !e.getKey().applies())
                    .thenComparing(e -> e.getValue().time())
                    .thenComparing(e -> e.getKey().name())
                    .thenComparing(e -> e.getValue().apiVersion())
                    .thenComparing(e -> e.getKey().subresource());

    /// @param time of the last write, as the API writes it; empty if not known
    record Owned(FieldSet fields, String apiVersion, String time) {
        Owned with(FieldSet others) {
            return new Owned(others, apiVersion, time);
        }
    }

    /// @throws BadManagedFields if an entry is not formed as it has to be
    static Managed of(JsonNode list) {
        var entries = new TreeMap<Manager, Owned>();
        for (var entry : list) {
            read(entry, entries);
        }
        return new Managed(entries);
    }

    private static void read(JsonNode entry, SortedMap<Manager, Owned> entries) {
        var operation = Tree.text(entry, "operation");
        var apiVersion = Tree.text(entry, "apiVersion");
        if (!operation.equals("Apply") && !operation.equals("Update")) {
            throw new BadManagedFields("operation must be `Apply` or `Update`");
        }
        if (apiVersion.isEmpty()) {
            throw new BadManagedFields("apiVersion must not be empty");
        }
        if (!Tree.text(entry, "fieldsType").equals("FieldsV1")) {
            throw new BadManagedFields("fieldsType must be FieldsV1");
        }
        var name = Tree.text(entry, "manager");
        var subresource = Tree.text(entry, "subresource");
        var fields = Tree.at(entry, "fieldsV1");
        entries.put(
                operation.equals("Apply")
                        ? Manager.applying(name, subresource)
                        : Manager.updating(name, apiVersion, subresource),
                new Owned(
                        fields.isMissingNode() ? FieldSet.NONE : FieldSet.of(fields),
                        apiVersion,
                        Tree.text(entry, "time")));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    FieldSet fields(Manager manager) {
        var owned = entries.get(manager);
        return owned == null ? FieldSet.NONE : owned.fields();
    }

    /// What anyone owns.
    FieldSet all() {
        return entries.values().stream().map(Owned::fields).reduce(FieldSet.NONE, FieldSet::or);
    }

    Managed with(Manager manager, Owned owned) {
        var next = new TreeMap<>(entries);
        if (owned.fields().isEmpty()) {
            next.remove(manager);
        } else {
            next.put(manager, owned);
        }
        return new Managed(next);
    }

    /// Everyone but `except` loses these; who has nothing left goes.
    Managed without(FieldSet lost, @Nullable Manager except) {
        var next = new TreeMap<Manager, Owned>();
        entries.forEach(
                (manager, owned) -> {
                    var left = manager.equals(except) ? owned.fields() : owned.fields().minus(lost);
                    if (!left.isEmpty()) {
                        next.put(manager, owned.with(left));
                    }
                });
        return new Managed(next);
    }

    ArrayNode json() {
        var list = Tree.list();
        entries.entrySet().stream()
                .sorted(AS_WRITTEN)
                .forEach(e -> list.add(json(e.getKey(), e.getValue())));
        return list;
    }

    private static ObjectNode json(Manager manager, Owned owned) {
        var entry = Tree.empty();
        if (!manager.name().isEmpty()) {
            entry.put("manager", manager.name());
        }
        entry.put("operation", manager.applies() ? "Apply" : "Update");
        entry.put("apiVersion", owned.apiVersion());
        if (!owned.time().isEmpty()) {
            entry.put("time", owned.time());
        }
        entry.put("fieldsType", "FieldsV1").set("fieldsV1", owned.fields().json());
        if (!manager.subresource().isEmpty()) {
            entry.put("subresource", manager.subresource());
        }
        return entry;
    }
}
