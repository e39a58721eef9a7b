package dev.flotilla.remote.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;

import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// One Docker Engine: its client, how long it may take, and what its errors mean.
public final class Engine implements AutoCloseable {
    private static final Timeout PING = Timeout.ofSeconds(3);
    private static final Timeout USUAL = Timeout.ofSeconds(60);
    private static final Pattern STOP = Pattern.compile(".*/containers/[^/]+/stop\\?t=(\\d+)");
    private static final Pattern ENDLESS =
            Pattern.compile(
                    "/events|/images/create|/images/load|/images/.+/get|/containers/[^/]+/wait|/exec/[^/]+/start|/logs\\?follow=1|/build\\?|[?&]size=");
    private static final Pattern STATUS = Pattern.compile("^Status \\d+: ");

    private final DockerSocket way;
    private final HttpOverSocket http;
    private final DockerClient client;
    private final ObjectMapper json = DockerClientConfig.getDefaultObjectMapper();

    public Engine(DockerSocket way) {
        this.way = way;
        this.http = new HttpOverSocket(way, request -> patience(request.path()));
        this.client = DockerClientImpl.getInstance(new EngineConfig(), http);
    }

    public String where() {
        return way.where();
    }

    public ObjectMapper json() {
        return json;
    }

    /// Asks; tells a refusal from silence.
    ///
    /// @param what is asked, for a message
    public <T> T ask(String what, Function<DockerClient, T> question) {
        return translated(what, () -> question.apply(client));
    }

    /// The same with no answer to wait for but that it was done.
    public void tell(String what, Consumer<DockerClient> order) {
        translated(
                what,
                () -> {
                    order.accept(client);
                    return true;
                });
    }

    /// Asks for what docker-java has no words for, or for a stream.
    public DockerHttpClient.Response raw(String what, String method, String path) {
        return raw(what, method, path, Map.of(), null);
    }

    /// The same with headers and a body.
    public DockerHttpClient.Response raw(
            String what,
            String method,
            String path,
            Map<String, String> headers,
            @Nullable InputStream body) {
        var request =
                DockerHttpClient.Request.builder()
                        .method(method)
                        .path(path)
                        .putHeader("accept", "application/json");
        headers.forEach(request::putHeader);
        if (body != null) {
            request.body(body);
        }
        return translated(what, () -> successful(http.execute(request.build())));
    }

    /// Asks with a body in JSON.
    public DockerHttpClient.Response raw(String what, String path, JsonNode body) {
        var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        var type = Map.of("content-type", "application/json");
        return raw(what, "POST", path, type, new ByteArrayInputStream(bytes));
    }

    /// Asks on a connection of its own, which carries bytes both ways afterwards.
    public Hijack hijack(String what, String path, String body) {
        return translated(
                what,
                () -> {
                    try {
                        return Hijack.of(way.open(), path, body);
                    } catch (Hijack.Answered e) {
                        throw new DockerException(e.body(), e.code());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static DockerHttpClient.Response successful(DockerHttpClient.Response response) {
        if (response.getStatusCode() < 300) {
            return response;
        }
        try (response) {
            var said = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
            throw new DockerException(said, response.getStatusCode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T translated(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeUnavailable | RefusedByEngine e) {
            throw e;
        } catch (DockerException e) {
            if (e.getHttpStatus() == 503) {
                throw unavailable(what, e);
            }
            throw new RefusedByEngine(words(e));
        } catch (RuntimeException e) {
            throw unavailable(what, e);
        }
    }

    public RuntimeUnavailable unavailable(String what, Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new RuntimeUnavailable(
                "%s was asked to %s and did not answer: %s"
                        .formatted(
                                where(),
                                what,
                                root.getMessage() == null ? root.toString() : root.getMessage()),
                e);
    }

    /// The engine's own words, without the JSON around them.
    private String words(DockerException e) {
        var said = STATUS.matcher(String.valueOf(e.getMessage())).replaceFirst("").strip();
        try {
            var message = json.readTree(said).path("message");
            return message.isTextual() ? message.textValue().strip() : said;
        } catch (JsonProcessingException _) {
            return said.isEmpty() ? "status " + e.getHttpStatus() : said;
        }
    }

    /// How long a read of the answer may wait.
    static Timeout patience(String path) {
        if (ENDLESS.matcher(path).find()) {
            return Timeout.DISABLED;
        }
        if (path.endsWith("/_ping")) {
            return PING;
        }
        var stop = STOP.matcher(path);
        return stop.matches()
                ? Timeout.of(Long.parseLong(stop.group(1)) + 30, TimeUnit.SECONDS)
                : USUAL;
    }

    @Override
    public void close() {
        http.close();
    }
}
