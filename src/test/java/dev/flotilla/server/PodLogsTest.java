package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.PodStreams;
import dev.flotilla.model.ObjectKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// `pods/log` over the wire, with a node side that the test plays.
class PodLogsTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";

    @TempDir Path temp;
    private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch more = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private TestServer server;
    private Https https;

    @BeforeEach
    void start() {
        server = new TestServer(temp, (LogStreams) this::log);
        https = server.https();
        pod("one", "");
        pod("two", ",{\"name\":\"b\",\"image\":\"i\"}");
        pod("gone", "");
        pod("waiting", "");
        bind("one", "n1");
        bind("two", "n1");
        bind("gone", "lost");
    }

    @AfterEach
    void stop() {
        more.countDown();
        https.close();
        server.close();
    }

    private void log(PodStreams.Place at, PodStreams.LogOptions options, OutputStream out)
            throws IOException, InterruptedException, PodStreams.Unreachable {
        if (at.node().equals("lost")) {
            throw new PodStreams.Unreachable("dial tcp: no route to host");
        }
        assertThat(at.pod()).isIn(new ObjectKey("default", "one"), new ObjectKey("default", "two"));
        asked.add(at.container() + " " + options);
        out.write("first\n".getBytes(StandardCharsets.UTF_8));
        if (options.follow()) {
            try {
                more.await();
            } catch (InterruptedException e) {
                left.countDown();
                throw e;
            }
            out.write("second\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void theOnlyContainerNeedsNoName() {
        var reply =
                https.get(
                        PODS
                                + "/one/log?tailLines=5&limitBytes=9&timestamps=true&previous=true"
                                + "&sinceTime=2026-01-01T00:00:00Z");
        assertThat(reply.code()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("text/plain");
        assertThat(reply.response().body()).isEqualTo("first\n");
        assertThat(asked.remove())
                .isEqualTo(
                        "c "
                                + new PodStreams.LogOptions(
                                        false,
                                        true,
                                        Instant.parse("2026-01-01T00:00:00Z"),
                                        true,
                                        5L,
                                        9L,
                                        PodStreams.Output.ALL));
    }

    @Test
    void oneOutputMayBeWanted() {
        assertThat(https.get(PODS + "/one/log?stream=Stderr").code()).isEqualTo(200);
        assertThat(asked.remove()).endsWith("output=STDERR]");
        assertThat(https.get(PODS + "/one/log?stream=Stdout").code()).isEqualTo(200);
        assertThat(asked.remove()).endsWith("output=STDOUT]");
    }

    @Test
    void followingGetsEachLineWhenItIsWritten() throws IOException {
        var response =
                https.send(
                        https.request(PODS + "/two/log?container=b&follow=true").GET(),
                        BodyHandlers.ofInputStream());
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("first");
            more.countDown();
            assertThat(lines.readLine()).isEqualTo("second");
            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void whoLeavesWhileNothingIsWrittenIsNoticed() throws IOException, InterruptedException {
        try (var wire = new Wire(server, https.client().sslContext(), "http/1.1")) {
            wire.say(
                    "GET %s/one/log?follow=true HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n"
                            .formatted(PODS, server.pki.token()));
            assertThat(wire.line()).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(left.await(15, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aPodThatHasNoNodeYetHasWrittenNothing() {
        var reply = https.get(PODS + "/waiting/log");
        assertThat(reply.code()).isEqualTo(200);
        assertThat(reply.response().body()).isEmpty();
    }

    @Test
    void errorsAreKubernetes() {
        var options = "PodLogOptions \"one\" is invalid: ";
        Map.of(
                        "/none/log",
                        "404 pods \"none\" not found",
                        "/two/log",
                        "400 a container name must be specified for pod two, choose one of: [c b]",
                        "/two/log?container=x",
                        "400 container x is not valid for pod two",
                        "/one/log?tailLines=-1",
                        "422 "
                                + options
                                + "tailLines: Invalid value: -1: must be greater than or equal to"
                                + " 0",
                        "/one/log?limitBytes=0",
                        "422 " + options + "limitBytes: Invalid value: 0: must be greater than 0",
                        "/one/log?sinceSeconds=0",
                        "422 " + options + "sinceSeconds: Invalid value: 0: must be greater than 0",
                        "/one/log?stream=Stdin",
                        "422 "
                                + options
                                + "stream: Unsupported value: \"Stdin\": supported values:"
                                + " \"All\", \"Stderr\", \"Stdout\"",
                        "/one/log?stream=Stderr&tailLines=1",
                        "422 "
                                + options
                                + ": Forbidden: `tailLines` and specific `stream` are mutually"
                                + " exclusive for now",
                        "/one/log?tailLines=x",
                        "400 strconv.ParseInt: parsing \"x\": invalid syntax",
                        "/gone/log",
                        "500 Get \"https://lost:10250/containerLogs/default/gone/c\": dial tcp: no"
                                + " route to host")
                .forEach(
                        (path, words) -> {
                            var reply = https.get(PODS + path);
                            var said = reply.json().path("message").asString();
                            assertThat(reply.code() + " " + said).isEqualTo(words);
                        });
        assertThat(https.post(PODS + "/one/log", "{}").code()).isEqualTo(405);
    }

    private void pod(String name, String further) {
        var reply =
                https.post(
                        PODS,
                        """
                        {"metadata": {"name": "%s"},
                         "spec": {"containers": [{"name": "c", "image": "i"}%s]}}
                        """
                                .formatted(name, further));
        assertThat(reply.code()).isEqualTo(201);
    }

    private void bind(String pod, String node) {
        var reply =
                https.post(
                        PODS + "/" + pod + "/binding",
                        "{\"metadata\":{\"name\":\"%s\"},\"target\":{\"kind\":\"Node\",\"name\":\"%s\"}}"
                                .formatted(pod, node));
        assertThat(reply.code()).isEqualTo(201);
    }
}
