package dev.flotilla.server;

import dev.flotilla.model.KubernetesVersion;
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
    private final String version;
    private final Discovery discovery;
    private final Health health;
    private final Measurements measurements;

    Pages(String version, Discovery discovery, Health health, Measurements measurements) {
        this.version = version;
        this.discovery = discovery;
        this.health = health;
        this.measurements = measurements;
    }

    void serve(Call call, String path) throws IOException {
        switch (path) {
            case "/" -> paths(call);
            case "/version" -> version(call);
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

    private void paths(Call call) throws IOException {
        var body = JsonMapper.shared().createObjectNode();
        var paths = body.putArray("paths");
        List.of("/api", "/api/v1", "/apis").forEach(paths::add);
        for (var group : discovery.groupNames()) {
            paths.add("/apis/" + group);
            discovery.versions(group).keySet().forEach(v -> paths.add("/apis/" + group + "/" + v));
        }
        List.of("/healthz", "/livez", "/metrics", "/openapi/v3", "/readyz", "/version")
                .forEach(paths::add);
        call.answer(200, body);
    }
}
