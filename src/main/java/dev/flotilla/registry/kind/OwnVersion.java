package dev.flotilla.registry.kind;

import dev.flotilla.registry.ResourceType;

import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.function.Function;

/// Shows objects as they are kept.
record OwnVersion(Kind kind) implements Version {
    @Override
    public ResourceType type() {
        return kind.type();
    }

    @Override
    public boolean verbatim() {
        return true;
    }

    @Override
    public ObjectNode shown(ObjectNode kept) {
        return kept;
    }

    @Override
    public ObjectNode kept(ObjectNode shown) {
        return shown;
    }

    @Override
    public Map<String, Function<ObjectNode, String>> selectable() {
        return kind.selectable();
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        kind.validate(object, problems);
    }

    @Override
    public void validateCreate(ObjectNode object, Problems problems) {
        kind.validateCreate(object, problems);
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        kind.validateUpdate(before, after, problems);
    }
}
