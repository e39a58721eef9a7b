package dev.flotilla.server;

import dev.flotilla.model.KubernetesVersion;
import dev.flotilla.server.auth.AccountTokens;
import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.discovery.Discovery;
import dev.flotilla.server.measure.Measurements;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.List;

/// What is served beside objects: health, version, measurements and the list of paths.
final class Pages {
    private static final String JWKS = "/openid/v1/jwks";

    private final String version;
    private final Discovery discovery;
    private final Health health;
    private final Measurements measurements;
    private final AccountTokens accounts;

    Pages(
            String version,
            Discovery discovery,
            Health health,
            Measurements measurements,
            AccountTokens accounts) {
        this.version = version;
        this.discovery = discovery;
        this.health = health;
        this.measurements = measurements;
        this.accounts = accounts;
    }

    void serve(Call call, String path) throws IOException {
        switch (path) {
            case "/" -> paths(call);
            case "/version" -> version(call);
            case JWKS ->
                    Answer.send(
                            call.response(),
                            200,
                            "application/jwk-set+json",
                            Answer.json(accounts.keys(), false));
            case "/.well-known/openid-configuration" -> issuer(call);
            case "/metrics" ->
                    Answer.text(
                            call, "text/plain; version=0.0.4; charset=utf-8", measurements.text());
            default -> {
                if (!health.serve(call, path)) {
                    throw Refusal.noSuchPath();
                }
            }
        }
    }

    private void version(Call call) throws IOException {
        var body = JsonMapper.shared().createObjectNode();
        body.put("major", KubernetesVersion.MAJOR)
                .put("minor", KubernetesVersion.MINOR)
                .put("gitVersion", KubernetesVersion.TEXT + "." + version)
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", "1970-01-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "javac")
                .put("platform", "java/" + Runtime.version().feature());
        call.answer(200, body);
    }

    /// How others check the tokens of service accounts, in OpenID Connect's terms.
    private static void issuer(Call call) throws IOException {
        var body = JsonMapper.shared().createObjectNode();
        body.put("issuer", AccountTokens.ISSUER)
                .put("jwks_uri", "https://" + call.request().getHttpURI().getAuthority() + JWKS);
        body.putArray("response_types_supported").add("id_token");
        body.putArray("subject_types_supported").add("public");
        body.putArray("id_token_signing_alg_values_supported").add("ES256");
        call.answer(200, body);
    }

    private void paths(Call call) throws IOException {
        var body = JsonMapper.shared().createObjectNode();
        var paths = body.putArray("paths");
        List.of("/api", "/api/v1", "/apis").forEach(paths::add);
        for (var group : discovery.groupNames()) {
            paths.add("/apis/" + group);
            discovery.versions(group).keySet().forEach(v -> paths.add("/apis/" + group + "/" + v));
        }
        List.of(
                        "/.well-known/openid-configuration",
                        "/healthz",
                        "/livez",
                        "/metrics",
                        JWKS,
                        "/openapi/v3",
                        "/readyz",
                        "/version")
                .forEach(paths::add);
        call.answer(200, body);
    }
}
