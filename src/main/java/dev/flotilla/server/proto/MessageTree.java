package dev.flotilla.server.proto;

import dev.flotilla.server.proto.Field.Content;
import dev.flotilla.server.proto.Field.Layout;
import dev.flotilla.server.proto.ProtobufBody.Unreadable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Base64;

/// A message as the tree that Go's `encoding/json` makes of the same object.
record MessageTree(Messages messages) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int KEY = 1;
    private static final int VALUE = 2;

    /// Puts what is left of `wire` into `tree`. Fields that the layout doesn't have are passed
    /// over, as Kubernetes does.
    void into(ObjectNode tree, Layout layout, Wire wire) throws Unreadable {
        while (wire.more()) {
            var tag = wire.tag();
            var field = layout.fields().get(tag >>> 3);
            if (field == null) {
                wire.skip(tag & 7);
            } else {
                put(tree, field, wire, tag & 7);
            }
        }
    }

    private void put(ObjectNode tree, Field field, Wire wire, int wireType) throws Unreadable {
        switch (field.many()) {
            case ONE -> one(tree, field, wire, wireType);
            case LIST -> list(tree.withArray(field.name()), field, wire, wireType);
            case MAP -> {
                check(Wire.BYTES, wireType, field);
                entry(tree.withObject(field.name()), field, wire.part());
            }
        }
    }

    private void one(ObjectNode tree, Field field, Wire wire, int wireType) throws Unreadable {
        if (field.embedded() && field.type() instanceof Content.Nested(var name)) {
            check(Wire.BYTES, wireType, field);
            into(tree, messages.named(name), wire.part());
            return;
        }
        var value = value(field, wire, wireType);
        if (!value.isNull() && (field.zeroSpeaks() || !Scalars.isZero(field.type(), value))) {
            tree.set(field.name(), value);
        }
    }

    private void list(ArrayNode list, Field field, Wire wire, int wireType) throws Unreadable {
        if (wireType == Wire.BYTES && field.type() instanceof Content.Whole) {
            var packed = wire.part();
            while (packed.more()) {
                list.add(value(field, packed, Wire.VARINT));
            }
        } else {
            list.add(value(field, wire, wireType));
        }
    }

    private void entry(ObjectNode map, Field field, Wire wire) throws Unreadable {
        var key = "";
        JsonNode value = JSON.nullNode();
        while (wire.more()) {
            var tag = wire.tag();
            switch (tag >>> 3) {
                case KEY -> {
                    check(Wire.BYTES, tag & 7, field);
                    key = wire.part().text();
                }
                case VALUE -> value = value(field, wire, tag & 7);
                default -> wire.skip(tag & 7);
            }
        }
        map.set(key, value.isNull() ? absent(field) : value);
    }

    /// An entry without a value has the zero of its type.
    private JsonNode absent(Field field) throws Unreadable {
        return value(field, new Wire(new byte[8], 0, 8), Scalars.wireType(field.type()));
    }

    private JsonNode value(Field field, Wire wire, int wireType) throws Unreadable {
        check(Scalars.wireType(field.type()), wireType, field);
        return switch (field.type()) {
            case Content.Text _ -> JSON.stringNode(wire.part().text());
            case Content.Bool _ -> JSON.booleanNode(wire.varint() != 0);
            case Content.Whole _ -> Scalars.whole(wire.varint());
            case Content.Real _ -> JSON.numberNode(wire.real());
            case Content.Bytes _ ->
                    JSON.stringNode(Base64.getEncoder().encodeToString(wire.part().bytes()));
            case Content.Nested(var name) -> message(name, wire.part());
        };
    }

    private JsonNode message(String name, Wire wire) throws Unreadable {
        var raw = Scalars.rawJson(name, wire);
        if (raw.isPresent()) {
            return raw.get();
        }
        var tree = JSON.objectNode();
        into(tree, messages.named(name), wire);
        return Scalars.ofMessage(name, tree);
    }

    private static void check(int wanted, int wireType, Field field) throws Unreadable {
        if (wanted != wireType) {
            throw new Unreadable(
                    "proto: wrong wireType = %d for field %s".formatted(wireType, field.name()));
        }
    }
}
