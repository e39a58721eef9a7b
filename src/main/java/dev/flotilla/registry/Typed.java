package dev.flotilla.registry;

import dev.flotilla.store.Entry;

import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Between trees and the typed model.
final class Typed {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private Typed() {}

    static <T> T read(Class<T> kind, Entry entry) {
        return JSON.readValue(entry.body(), kind);
    }

    static <T> T of(Class<T> kind, ObjectNode object) {
        return JSON.treeToValue(object, kind);
    }

    static ObjectNode tree(Object object) {
        return JSON.valueToTree(object);
    }
}
