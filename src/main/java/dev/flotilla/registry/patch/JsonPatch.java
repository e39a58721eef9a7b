package dev.flotilla.registry.patch;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.function.Supplier;

/// RFC 6902 as Kubernetes' servers take it, with their words for what does not apply: `replace`
/// also sets a field that an object does not have, and an index below zero counts from the end.
public final class JsonPatch {
    /// By how much the operations `copy` of one patch may let the object grow, in bytes.
    private static final long MOST_COPIED = 3 << 20;

    /// How deep an object may nest while it is patched.
    private static final int MOST_LEVELS = 500;

    private static final String MISSING = ": missing value";

    private JsonNode document;
    private long copied;

    private JsonPatch(JsonNode document) {
        this.document = document;
    }

    /// @param patch a list of objects
    /// @return a new tree; neither argument is changed
    /// @throws BadPatch if an operation does not apply; it says why
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        var work = new JsonPatch(target.deepCopy());
        for (var operation : patch) {
            work.step(operation);
        }
        return work.document;
    }

    private void step(JsonNode operation) {
        var op = operation.path("op").isString() ? Tree.text(operation, "op") : "unknown";
        var value = operation.path("value");
        switch (op) {
            case "add" -> add(path(op, operation), value);
            case "remove" -> remove(path(op, operation));
            case "replace" -> replace(path(op, operation), value);
            case "move" -> move(operation);
            case "test" -> test(path(op, operation), value);
            case "copy" -> copy(operation);
            default -> throw new BadPatch("Unexpected kind: " + op);
        }
    }

    private void add(String path, JsonNode value) {
        var spot = at("add", path, "doc is missing path: \"%s\"");
        checkDepth(path, value);
        told("error in add for path: '" + path + "'", () -> spot.add(value));
    }

    private void remove(String path) {
        var spot = at("remove", path, "doc is missing path: \"%s\"");
        told("error in remove for path: '" + path + "'", spot::take);
    }

    private void replace(String path, JsonNode value) {
        if (path.isEmpty()) {
            if (!value.isContainer()) {
                throw new BadPatch("replace operation value must be object or array");
            }
            document = value.deepCopy();
            return;
        }
        checkDepth(path, value);
        var spot = at("replace", path, "doc is missing path: %s");
        if (spot.outside()) {
            throw new BadPatch(
                    "replace operation does not apply: doc is missing key: " + path + MISSING);
        }
        spot.set(value);
    }

    private void move(JsonNode operation) {
        var from = at("move", from(operation), "doc is missing from path: %s");
        var value = told("error in move for path: '" + from.key() + "'", from::take);
        var path = path("move", operation);
        var to = at("move", path, "doc is missing destination path: %s");
        checkDepth(path, value);
        told("error in move for path: '" + path + "'", () -> to.add(value));
    }

    private void copy(JsonNode operation) {
        var pointer = from(operation);
        var from = at("copy", pointer, "doc is missing from path: %s");
        var value = told("error in copy for from: '" + pointer + "'", from::get);
        copied += value.toString().length();
        if (copied > MOST_COPIED) {
            throw new BadPatch(
                    "Unable to complete the copy, the accumulated size increase of copy is %d, exceeding the limit %d"
                            .formatted(copied, MOST_COPIED));
        }
        var path = path("copy", operation);
        var to = at("copy", path, "doc is missing destination path: %s");
        checkDepth(path, value);
        told("error while adding value during copy", () -> to.add(value));
    }

    private void test(String path, JsonNode wanted) {
        var is = path.isEmpty() ? document : tested(path);
        boolean same = none(wanted) ? none(is) : Tree.same(is, wanted);
        if (!same) {
            throw new BadPatch("testing value " + path + " failed: test failed");
        }
    }

    private static void checkDepth(String path, JsonNode value) {
        long above = path.chars().filter(c -> c == '/').count();
        if (above > MOST_LEVELS || Tree.isDeeper(value, MOST_LEVELS - (int) above)) {
            throw new BadPatch(
                    "the result would be nested more than %d deep".formatted(MOST_LEVELS));
        }
    }

    private static boolean none(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private JsonNode tested(String path) {
        var spot = at("test", path, "is missing path: %s");
        return told("error in test for path: '" + path + "'", spot::get);
    }

    private static <T> T told(String where, Supplier<T> act) {
        try {
            return act.get();
        } catch (BadPatch e) {
            throw new BadPatch(where + ": " + e.getMessage());
        }
    }

    private static String path(String op, JsonNode operation) {
        return pointer(op, operation, "path", "operation missing path field");
    }

    private static String from(JsonNode operation) {
        return pointer(
                Tree.text(operation, "op"), operation, "from", "operation, missing from field");
    }

    private static String pointer(String op, JsonNode operation, String field, String none) {
        if (!operation.path(field).isString()) {
            throw new BadPatch(op + " operation failed to decode " + field + ": " + none + MISSING);
        }
        return Tree.text(operation, field);
    }

    private Spot at(String op, String path, String otherwise) {
        return Spot.find(document, path)
                .orElseThrow(
                        () ->
                                new BadPatch(
                                        op
                                                + " operation does not apply: "
                                                + otherwise.formatted(path)
                                                + MISSING));
    }
}
