package dev.flotilla.server.watch;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.ResourceWatch;
import dev.flotilla.registry.Shown;
import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Form;
import dev.flotilla.server.call.Query;
import dev.flotilla.server.call.Shapes;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;

/// Writes a watch's events, each a JSON document, in the shape that was asked for.
final class EventWriter {
    private static final int AT_ONCE = 500;

    private final Outlet out;
    private final Query query;
    private final ResourceType type;
    private final Form form;
    private final Shapes shapes;
    private final Feed feed;
    private boolean columnsSent;

    /// @param feed of all watches that ask the same
    EventWriter(Outlet out, Feed feed, Query query, ResourceType type, Form form, Shapes shapes) {
        this.out = out;
        this.feed = feed;
        this.query = query;
        this.type = type;
        this.form = form;
        this.shapes = shapes;
    }

    void event(String kind, Shown object) throws IOException {
        out.add(kind, json(object));
    }

    /// Sends what is new since the watch was last told of, or some of it.
    ///
    /// @return whether there may be more by now
    boolean follow(ResourceWatch watch) throws IOException {
        if (form.shape() != Form.Shape.TABLE) {
            var part = feed.next(watch, this::json);
            boolean more = part.more() || feed.has(part.upTo());
            out.lines(part.lines(), more);
            return more;
        }
        long before = watch.position(); // a table's rows depend on whether its columns were sent
        for (var event : watch.poll(AT_ONCE)) {
            event(event.type().name(), event.shown());
        }
        out.flush();
        return watch.position() - before >= AT_ONCE;
    }

    private byte[] json(Shown object) {
        return form.shape() == Form.Shape.OBJECT
                ? object.json()
                : Answer.json(shaped(object.tree()), false);
    }

    /// Tells the client that it has everything up to that revision.
    ///
    /// @param initialEventsEnd everything that was there at the start has been sent
    void bookmark(long revision, boolean initialEventsEnd) throws IOException {
        var object = JsonMapper.shared().createObjectNode();
        object.put("kind", type.kind()).put("apiVersion", type.apiVersion());
        var metadata = object.putObject("metadata");
        metadata.put("resourceVersion", Long.toString(revision)).putNull("creationTimestamp");
        if (initialEventsEnd) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        add("BOOKMARK", form.shape() == Form.Shape.OBJECT ? object : shaped(object));
    }

    void error(ObjectNode status) throws IOException {
        add("ERROR", status);
    }

    void flush() throws IOException {
        out.flush();
    }

    boolean hasBegun() {
        return out.hasBegun();
    }

    void end() throws IOException {
        out.end();
    }

    private ObjectNode shaped(ObjectNode object) {
        return switch (form.shape()) {
            case OBJECT -> object;
            case METADATA -> Shapes.metadata(object);
            case TABLE -> {
                var row = shapes.row(type, object, !columnsSent, query);
                columnsSent = true;
                yield row;
            }
        };
    }

    private void add(String kind, ObjectNode object) throws IOException {
        out.add(kind, Answer.json(object, false));
    }
}
