package dev.flotilla.server.call;

import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceList;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Shown;
import dev.flotilla.registry.table.Tables;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Objects and lists in the shape that was asked for.
public final class Shapes {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// How a list ends whose items come last.
    private static final byte[] END = {']', '}'};

    private static final byte[] COMMA = {','};

    private final Registry registry;

    public Shapes(Registry registry) {
        this.registry = registry;
    }

    public ObjectNode object(ResourceType type, ObjectNode object, Form form, Query query) {
        if (object.path("kind").asString("").equals("Status")) {
            return object;
        }
        return switch (form.shape()) {
            case OBJECT -> object;
            case METADATA -> metadata(object);
            case TABLE -> row(type, object, true, query);
        };
    }

    /// Answers with an object; a whole one in JSON as it is kept.
    public void send(Call call, int code, ResourceType type, Shown object, Form form)
            throws IOException {
        if (isAsKept(call, form)) {
            Answer.packed(call, code, form.syntax().mediaType, List.of(object.json()));
        } else {
            var shaped = object(type, object.tree(), form, call.query());
            Answer.send(call, code, shaped, form.syntax());
        }
    }

    private static boolean isAsKept(Call call, Form form) {
        return form.equals(Form.PLAIN) && !call.query().flag("pretty");
    }

    /// A table of one row, whose revision is the object's.
    public ObjectNode row(ResourceType type, ObjectNode object, boolean withColumns, Query query) {
        var table = table(type, List.of(object), withColumns, query);
        table.withObject("metadata")
                .set("resourceVersion", object.path("metadata").path("resourceVersion"));
        return table;
    }

    /// Answers with a list; one of whole objects in JSON takes them as they are kept.
    public void send(Call call, ResourceType type, ResourceList list, Form form)
            throws IOException {
        if (!isAsKept(call, form)) {
            Answer.send(call, 200, list(type, list, form, call.query()), form.syntax());
            return;
        }
        var head = of(type.kind() + "List", type.apiVersion(), List.of());
        fill(head.withObject("metadata"), list);
        var json = Answer.json(head, false);
        var pieces = new ArrayList<byte[]>(2 * list.objects().size() + 2);
        pieces.add(Arrays.copyOf(json, json.length - END.length));
        for (var object : list.objects()) {
            if (pieces.size() > 1) {
                pieces.add(COMMA);
            }
            pieces.add(object.json());
        }
        pieces.add(END);
        Answer.packed(call, 200, form.syntax().mediaType, pieces);
    }

    private ObjectNode list(ResourceType type, ResourceList list, Form form, Query query) {
        var shaped =
                switch (form.shape()) {
                    case OBJECT -> of(type.kind() + "List", type.apiVersion(), list.items());
                    case METADATA ->
                            of(
                                    "PartialObjectMetadataList",
                                    "meta.k8s.io/v1",
                                    list.items().stream().map(Shapes::metadata).toList());
                    case TABLE -> table(type, list.items(), true, query);
                };
        fill(shaped.withObject("metadata"), list);
        return shaped;
    }

    private static void fill(ObjectNode metadata, ResourceList list) {
        metadata.put("resourceVersion", Long.toString(list.revision()));
        if (!list.continueToken().isEmpty()) {
            metadata.put("continue", list.continueToken());
            if (list.remaining() > 0) {
                metadata.put("remainingItemCount", list.remaining());
            }
        }
    }

    public static ObjectNode metadata(ObjectNode object) {
        var partial =
                JSON.createObjectNode()
                        .put("kind", "PartialObjectMetadata")
                        .put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }

    private static ObjectNode of(String kind, String apiVersion, List<ObjectNode> items) {
        var list = JSON.createObjectNode().put("kind", kind).put("apiVersion", apiVersion);
        list.putObject("metadata");
        list.putArray("items").addAll(items);
        return list;
    }

    private ObjectNode table(
            ResourceType type, List<ObjectNode> items, boolean withColumns, Query query) {
        return registry.table(type, items, withColumns, include(query));
    }

    private static Tables.Include include(Query query) {
        var said = query.text("includeObject");
        return switch (said) {
            case "None" -> Tables.Include.NONE;
            case "Object" -> Tables.Include.OBJECT;
            case "", "Metadata" -> Tables.Include.METADATA;
            default ->
                    throw Refusal.badRequest(
                            "Unable to convert to Table as requested: includeObject: Invalid value:"
                                    + " \"%s\": must be 'Metadata', 'Object', 'None', or empty"
                                            .formatted(said));
        };
    }
}
