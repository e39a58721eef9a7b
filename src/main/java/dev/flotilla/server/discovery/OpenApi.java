package dev.flotilla.server.discovery;

import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Refusal;

import org.eclipse.jetty.http.HttpHeader;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The schemas of all kinds. v3: an index, and a document for each group version at an address that
/// changes with its content. v2: one document. Each is made when it is first asked for.
public final class OpenApi {
    private static final String V2 = "/openapi/v2";
    private static final String V3 = "/openapi/v3";
    private static final String JSON = "application/json";

    /// As clients can read it: the `@` by which they ask for it is in no media type.
    private static final String V2_PROTO =
            "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private static final Duration FOR_GOOD = Duration.ofDays(365);

    private final Registry registry;
    private final InstantSource time;
    private final Map<String, SchemaDocument> documents = new ConcurrentHashMap<>();

    public OpenApi(Registry registry, InstantSource time) {
        this.registry = registry;
        this.time = time;
    }

    public void serve(Call call, String path) throws IOException {
        if (path.equals(V2)) {
            v2(call);
        } else if (path.equals(V3)) {
            index().send(call);
        } else if (path.startsWith(V3 + "/")) {
            v3(call, path.substring(V3.length() + 1));
        } else {
            throw Refusal.noSuchPath();
        }
    }

    private SchemaDocument index() {
        var present = documents.get(V3);
        return present == null ? made(V3, indexed()) : present;
    }

    private SchemaDocument made(String name, SchemaDocument document) {
        var other = documents.putIfAbsent(name, document);
        return other == null ? document : other;
    }

    private SchemaDocument indexed() {
        var body = JsonMapper.shared().createObjectNode();
        var paths = body.putObject("paths");
        for (var type : registry.types()) {
            if (!paths.has(name(type))) {
                paths.putObject(name(type)).put("serverRelativeURL", address(type));
            }
        }
        return json(body);
    }

    private String address(ResourceType type) {
        return V3 + "/" + name(type) + "?hash=" + document(type).hash();
    }

    /// @param name such as `api/v1` or `apis/apps/v1`
    private void v3(Call call, String name) throws IOException {
        var type =
                registry.types().stream()
                        .filter(t -> name(t).equals(name))
                        .findFirst()
                        .orElseThrow(Refusal::noSuchPath);
        var document = document(type);
        var asked = call.query().text("hash");
        if (!asked.isEmpty() && !asked.equals(document.hash())) {
            call.response().getHeaders().put(HttpHeader.LOCATION, address(type));
            Answer.nothing(call.response(), 301);
            return;
        }
        if (!asked.isEmpty()) {
            var then = time.instant().plus(FOR_GOOD).atOffset(ZoneOffset.UTC);
            call.response()
                    .getHeaders()
                    .put(HttpHeader.EXPIRES, DateTimeFormatter.RFC_1123_DATE_TIME.format(then));
            document.send(call, "public, immutable");
        } else {
            document.send(call);
        }
    }

    /// kubectl reads v2 in protobuf alone.
    private void v2(Call call) throws IOException {
        for (var accepted : call.accepted()) {
            var name = accepted.name();
            if (name.startsWith("application/com.github.proto-openapi.spec.v2")) {
                documents
                        .computeIfAbsent(
                                V2_PROTO,
                                _ ->
                                        new SchemaDocument(
                                                V2_PROTO, SpecProto.document(registry.openApiV2())))
                        .send(call);
                return;
            }
            if (name.equals(JSON) || name.equals("*/*") || name.equals("application/*")) {
                documents.computeIfAbsent(V2, _ -> json(registry.openApiV2())).send(call);
                return;
            }
        }
        throw Refusal.notAcceptable();
    }

    private SchemaDocument document(ResourceType type) {
        var present = documents.get(name(type));
        return present == null
                ? documents.computeIfAbsent(
                        name(type), _ -> json(registry.openApiV3(type.group(), type.version())))
                : present;
    }

    private static SchemaDocument json(JsonNode body) {
        return new SchemaDocument(JSON, Answer.json(body, false));
    }

    private static String name(ResourceType type) {
        return type.group().isEmpty()
                ? "api/" + type.version()
                : "apis/" + type.group() + "/" + type.version();
    }
}
