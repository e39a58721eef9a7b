package dev.flotilla.server.proto;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

import io.kubernetes.client.proto.Runtime.Unknown;

import tools.jackson.core.JacksonException;
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
    /// @throws Unreadable if it is no such body, or holds a kind whose message isn't known
    public ObjectNode read(byte[] body) throws Unreadable {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, 4, MAGIC, 0, 4)) {
            throw new Unreadable("provided data does not appear to be a protobuf message");
        }
        try {
            var envelope = Unknown.parser().parseFrom(body, 4, body.length - 4);
            var apiVersion = envelope.getTypeMeta().getApiVersion();
            var kind = envelope.getTypeMeta().getKind();
            var message =
                    messages.of(apiVersion, kind)
                            .orElseThrow(
                                    () ->
                                            new Unreadable(
                                                    "no protobuf message is known for kind \"%s\" in version \"%s\"; send it as JSON"
                                                            .formatted(kind, apiVersion)));
            return tree(message.getParserForType().parseFrom(envelope.getRaw()), apiVersion, kind);
        } catch (InvalidProtocolBufferException | JacksonException e) {
            throw new Unreadable("the protobuf message is damaged: " + e.getMessage());
        }
    }

    private static ObjectNode tree(Message message, String apiVersion, String kind) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", kind).put("apiVersion", apiVersion);
        return MessageTree.into(tree, message);
    }
}
