package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.server.audit.AuditEvent;
import dev.flotilla.server.audit.AuditLog;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

/// Who did what when, as the file tells it afterwards.
class AuditTest {
    @TempDir Path temp;

    @Test
    void everyWriteIsKeptAndNoSecretIs() throws IOException {
        var folder = temp.resolve("audit");
        try (var server = new TestServer(temp, folder);
                var https = server.https()) {
            https.post(
                    "/api/v1/namespaces/default/secrets?fieldManager=me&access_token=hush-hush",
                    """
                    {"metadata": {"name": "s"}, "stringData": {"password": "hush-hush"}}
                    """,
                    "User-Agent",
                    "tester/1.0");
            https.get("/api/v1/namespaces/default/pods/none");
            https.get("/apis");
        }
        var text = Files.readString(folder.resolve("audit.log"));
        assertThat(text).doesNotContain("hush-hush").doesNotContain("password");
        var events = text.lines().map(l -> JsonMapper.shared().readTree(l)).toList();
        assertThat(events).hasSize(2);
        var made = only("create", events);
        assertThat(made.path("kind").asString()).isEqualTo("Event");
        assertThat(made.path("apiVersion").asString()).isEqualTo("audit.k8s.io/v1");
        assertThat(made.path("level").asString()).isEqualTo("Metadata");
        assertThat(made.path("requestURI").asString())
                .isEqualTo("/api/v1/namespaces/default/secrets?fieldManager=me");
        assertThat(made.at("/user/username").asString()).isEqualTo("flotilla-admin");
        assertThat(made.at("/objectRef/resource").asString()).isEqualTo("secrets");
        assertThat(made.path("userAgent").asString()).isEqualTo("tester/1.0");
        assertThat(made.at("/responseStatus/code").asInt()).isEqualTo(201);
        var missed = only("get", events);
        assertThat(missed.at("/responseStatus/code").asInt()).isEqualTo(404);
        assertThat(missed.at("/objectRef/name").asString()).isEqualTo("none");
    }

    /// A call is noted once its answer has left, so the next call's line may come first.
    private static JsonNode only(String verb, List<JsonNode> events) {
        var found = events.stream().filter(e -> e.path("verb").asString().equals(verb)).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void filesArePrivateAndGoRound() throws IOException {
        Assumptions.assumeTrue(
                Files.getFileStore(temp).supportsFileAttributeView("posix"),
                "skipped: no POSIX modes here");
        var folder = temp.resolve("log");
        try (var log = new AuditLog(folder, 2_000)) {
            for (int i = 0; i < 100; i++) {
                log.note(event("m" + i));
            }
        }
        var lines = new java.util.TreeSet<String>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                assertThat(Files.size(file)).isLessThan(2_600);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                Files.readAllLines(file).forEach(l -> lines.add(name(l)));
            }
            assertThat(lines).contains("m99", "m98").doesNotContain("m0");
        }
        assertThat(folder.resolve("audit.log.4")).exists();
        assertThat(folder.resolve("audit.log.5")).doesNotExist();
    }

    @Test
    void aDiskThatRefusesHoldsUpNobody() throws IOException {
        var blocked = temp.resolve("file");
        Files.writeString(blocked, "");
        var log = new AuditLog(blocked, 2_000);
        for (int i = 0; i < 100; i++) {
            log.note(event("m" + i));
        }
        log.close();
        log.note(event("late"));
        assertThat(log.lost()).isEqualTo(101);
    }

    private static String name(String line) {
        JsonNode event = JsonMapper.shared().readTree(line);
        return event.at("/objectRef/name").asString();
    }

    private static AuditEvent event(String name) {
        var asked = new Asked("get", "/api/v1/x/" + name, "", "v1", "", "x", "", name);
        var who = new Identity("me", List.of("us"));
        return new AuditEvent(
                "id", Instant.EPOCH, Instant.EPOCH, asked, who, null, null, "127.0.0.1", "", 200);
    }
}
