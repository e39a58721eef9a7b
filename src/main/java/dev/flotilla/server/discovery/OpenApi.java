package dev.flotilla.server.discovery;

import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Refusal;

import org.eclipse.jetty.http.HttpHeader;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The schemas of all kinds: an index, and a document for each group version at an address that
/// changes with its content.
public final class OpenApi {
    private static final String INDEX = "/openapi/v3";

    private final Registry registry;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    private static final class Document {
        final byte[] json;
        final String hash;

        Document(byte[] json) {
            this.json = json;
            try {
                var sum = MessageDigest.getInstance("SHA-256").digest(json);
                hash = HexFormat.of().withUpperCase().formatHex(sum, 0, 16);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    public OpenApi(Registry registry) {
        this.registry = registry;
    }

    public void serve(Call call, String path) throws IOException {
        if (path.equals(INDEX)) {
            index(call);
        } else if (path.startsWith(INDEX + "/")) {
            document(call, path.substring(INDEX.length() + 1));
        } else {
            throw Refusal.noSuchPath();
        }
    }

    private void index(Call call) throws IOException {
        var body = JsonMapper.shared().createObjectNode();
        var paths = body.putObject("paths");
        registry.types().stream()
                .map(OpenApi::name)
                .distinct()
                .forEach(
                        name ->
                                of(name).ifPresent(
                                                d ->
                                                        paths.putObject(name)
                                                                .put(
                                                                        "serverRelativeURL",
                                                                        INDEX + "/" + name
                                                                                + "?hash="
                                                                                + d.hash)));
        Answer.send(call.response(), 200, "application/json", Answer.json(body, false));
    }

    private void document(Call call, String name) throws IOException {
        var document = of(name).orElseThrow(Refusal::noSuchPath);
        call.response().getHeaders().put(HttpHeader.ETAG, "\"" + document.hash + "\"");
        Answer.send(call.response(), 200, "application/json", document.json);
    }

    /// @param name such as `api/v1` or `apis/apps/v1`
    private Optional<Document> of(String name) {
        return registry.types().stream()
                .filter(t -> name(t).equals(name))
                .findFirst()
                .map(t -> documents.computeIfAbsent(name, _ -> make(t)));
    }

    private Document make(ResourceType type) {
        return new Document(Answer.json(registry.openApiV3(type.group(), type.version()), false));
    }

    private static String name(ResourceType type) {
        return type.group().isEmpty()
                ? "api/" + type.version()
                : "apis/" + type.group() + "/" + type.version();
    }
}
