package dev.flotilla.server.proto;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Arrays;

/// A body of the type `application/vnd.kubernetes.protobuf`: four magic bytes, then an envelope
/// that names the kind and holds its message.
public final class ProtobufBody {
    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private final Messages messages = new Messages();

    /// The body can't be read; the message says why, for the client.
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    /// The object as the JSON tree that Kubernetes would have written.
    ///
    /// @param apiVersion of a body that names none
    /// @param kind of a body that names none
    /// @throws Unreadable if it is no such body, or holds a kind whose message isn't known
    public ObjectNode read(byte[] body, String apiVersion, String kind) throws Unreadable {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, 4, MAGIC, 0, 4)) {
            throw new Unreadable(
                    "provided data does not appear to be a protobuf message, expected prefix [107"
                            + " 56 115 0]");
        }
        var envelope =
                Envelope.read(new Wire(body, MAGIC.length, body.length)).or(apiVersion, kind);
        var layout =
                messages.of(envelope.apiVersion, envelope.kind)
                        .orElseThrow(() -> unknown(envelope));
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", envelope.kind).put("apiVersion", envelope.apiVersion);
        new MessageTree(messages).into(tree, layout, envelope.message);
        return tree;
    }

    private static Unreadable unknown(Envelope envelope) {
        return envelope.kind.isEmpty()
                ? new Unreadable("Object 'Kind' is missing in the protobuf message")
                : new Unreadable(
                        "no kind \"%s\" is registered for version \"%s\" in protobuf; send it as JSON"
                                .formatted(envelope.kind, envelope.apiVersion));
    }

    private record Envelope(String apiVersion, String kind, Wire message) {
        private static final int TYPE = 1;
        private static final int MESSAGE = 2;

        static Envelope read(Wire wire) throws Unreadable {
            var type = new String[] {"", "", ""};
            var message = new Wire(new byte[0], 0, 0);
            while (wire.more()) {
                switch (part(wire)) {
                    case Part(var number, var inner) when number == TYPE -> {
                        while (inner.more()) {
                            var text = part(inner);
                            if (text.number <= 2) {
                                type[text.number] = text.inner.text();
                            }
                        }
                    }
                    case Part(var number, var inner) when number == MESSAGE -> message = inner;
                    case Part _ -> {}
                }
            }
            return new Envelope(type[1], type[2], message);
        }

        Envelope or(String otherVersion, String otherKind) {
            return new Envelope(
                    apiVersion.isEmpty() ? otherVersion : apiVersion,
                    kind.isEmpty() ? otherKind : kind,
                    message);
        }

        private static Part part(Wire wire) throws Unreadable {
            var tag = wire.tag();
            if ((tag & 7) != Wire.BYTES) {
                throw new Unreadable("proto: the envelope is damaged");
            }
            return new Part(tag >>> 3, wire.part());
        }
    }

    private record Part(int number, Wire inner) {}
}
