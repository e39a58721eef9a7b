package dev.flotilla.server.watch;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Shown;
import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Form;
import dev.flotilla.server.call.Shapes;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes a watch's events, one JSON document after the other, in the shape that was asked for.
final class EventWriter {
    /// So much is put together before it is sent in the midst of many events.
    private static final int ENOUGH = 64 * 1024;

    private final Call call;
    private final ResourceType type;
    private final Form form;
    private final Shapes shapes;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private boolean started;
    private boolean columnsSent;

    EventWriter(Call call, ResourceType type, Form form, Shapes shapes) {
        this.call = call;
        this.type = type;
        this.form = form;
        this.shapes = shapes;
    }

    void event(String kind, Shown object) throws IOException {
        if (form.shape() == Form.Shape.OBJECT) {
            add(kind, object.json());
        } else {
            add(kind, shaped(object.tree()));
        }
        if (pending.size() >= ENOUGH) {
            flush();
        }
    }

    /// Tells the client that it has everything up to that revision.
    ///
    /// @param initialEventsEnd everything that was there at the start has been sent
    void bookmark(long revision, boolean initialEventsEnd) {
        var object = JsonMapper.shared().createObjectNode();
        object.put("kind", type.kind()).put("apiVersion", type.apiVersion());
        var metadata = object.putObject("metadata");
        metadata.put("resourceVersion", Long.toString(revision)).putNull("creationTimestamp");
        if (initialEventsEnd) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        add("BOOKMARK", form.shape() == Form.Shape.OBJECT ? object : shaped(object));
    }

    void error(ObjectNode status) {
        add("ERROR", status);
    }

    /// Sends what is pending; the first time the head of the answer too, so that the client knows
    /// that the watch stands.
    void flush() throws IOException {
        if (!started) {
            started = true;
            call.response().setStatus(200);
            call.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            call.response().getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache, private");
            send(false);
        } else if (pending.size() > 0) {
            send(false);
        }
    }

    boolean hasBegun() {
        return started;
    }

    void end() throws IOException {
        flush();
        send(true);
    }

    private ObjectNode shaped(ObjectNode object) {
        return switch (form.shape()) {
            case OBJECT -> object;
            case METADATA -> Shapes.metadata(object);
            case TABLE -> {
                var row = shapes.row(type, object, !columnsSent, call.query());
                columnsSent = true;
                yield row;
            }
        };
    }

    private void add(String kind, ObjectNode object) {
        add(kind, Answer.json(object, false));
    }

    private void add(String kind, byte[] object) {
        pending.writeBytes(
                ("{\"type\":\"" + kind + "\",\"object\":").getBytes(StandardCharsets.US_ASCII));
        pending.writeBytes(object);
        pending.writeBytes(new byte[] {'}', '\n'});
    }

    private void send(boolean last) throws IOException {
        var bytes = ByteBuffer.wrap(pending.toByteArray());
        pending.reset();
        Content.Sink.write(call.response(), last, bytes);
    }
}
