package dev.flotilla.server.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Base64;
import java.util.Collection;
import java.util.List;

/// A message as the tree that Go's `encoding/json` makes of the same object.
///
/// The names of fields are those of JSON. What differs: structs that Go embeds are messages of
/// their own here, a few types have a text form ([Scalars]), and Go's encoder for protobuf writes
/// the zero of a field that is no pointer where its JSON encoder writes nothing ([Zeros]).
final class MessageTree {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private MessageTree() {}

    static ObjectNode of(Message message) {
        return into(JSON.objectNode(), message);
    }

    static ObjectNode into(ObjectNode tree, Message message) {
        message.getAllFields().forEach((field, value) -> put(tree, message, field, value));
        return tree;
    }

    private static void put(ObjectNode tree, Message in, FieldDescriptor field, Object value) {
        if (Embedded.is(field)) {
            tree.setAll(of((Message) value));
        } else if (field.isMapField()) {
            tree.set(field.getName(), map((Collection<?>) value));
        } else if (field.isRepeated()) {
            var list = JSON.arrayNode();
            ((List<?>) value).forEach(v -> list.add(node(field, v)));
            tree.set(field.getName(), list);
        } else if (!Zeros.meansNothing(in, field, value)) {
            var node = node(field, value);
            if (!node.isNull()) {
                tree.set(field.getName(), node);
            }
        }
    }

    private static ObjectNode map(Collection<?> entries) {
        var map = JSON.objectNode();
        for (var e : entries) {
            var entry = (Message) e;
            var type = entry.getDescriptorForType();
            var key = entry.getField(type.findFieldByName("key")).toString();
            var field = type.findFieldByName("value");
            map.set(key, node(field, entry.getField(field)));
        }
        return map;
    }

    private static JsonNode node(FieldDescriptor field, Object value) {
        return switch (value) {
            case String s -> JSON.stringNode(s);
            case Boolean b -> JSON.booleanNode(b);
            case Integer i -> JSON.numberNode(i);
            case Long l -> number(l);
            case Double d -> JSON.numberNode(d);
            case Float f -> JSON.numberNode(f);
            case ByteString bytes -> base64(bytes);
            case EnumValueDescriptor e -> JSON.stringNode(e.getName());
            case Message m -> message(m);
            default ->
                    throw new IllegalStateException(
                            "protobuf field of an unknown type: " + field.getFullName());
        };
    }

    private static JsonNode message(Message m) {
        return switch (m.getDescriptorForType().getFullName()) {
            case "k8s.io.apimachinery.pkg.apis.meta.v1.Time" -> Scalars.time(m, 0);
            case "k8s.io.apimachinery.pkg.apis.meta.v1.MicroTime" -> Scalars.time(m, 6);
            case "k8s.io.apimachinery.pkg.apis.meta.v1.Duration" -> Scalars.duration(m);
            case "k8s.io.apimachinery.pkg.api.resource.Quantity" -> Scalars.quantity(m);
            case "k8s.io.apimachinery.pkg.util.intstr.IntOrString" -> Scalars.intOrString(m);
            case "k8s.io.apimachinery.pkg.apis.meta.v1.FieldsV1" -> raw(m, "Raw");
            case "k8s.io.apimachinery.pkg.runtime.RawExtension" -> raw(m, "raw");
            case "k8s.io.api.authentication.v1.ExtraValue",
                    "k8s.io.api.authorization.v1.ExtraValue" ->
                    of(m).path("items") instanceof ArrayNode items ? items : JSON.arrayNode();
            default -> of(m);
        };
    }

    /// As a reader of JSON would have it, so that trees can be compared.
    private static JsonNode number(long value) {
        return value == (int) value ? JSON.numberNode((int) value) : JSON.numberNode(value);
    }

    private static JsonNode base64(ByteString bytes) {
        return JSON.stringNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    /// JSON text within the message.
    private static JsonNode raw(Message m, String field) {
        var bytes = (ByteString) m.getField(m.getDescriptorForType().findFieldByName(field));
        return bytes.isEmpty() ? JSON.nullNode() : MAPPER.readTree(bytes.toByteArray());
    }
}
