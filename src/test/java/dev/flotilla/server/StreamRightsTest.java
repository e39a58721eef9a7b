package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Until;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// Who may talk with containers, and what is written down of it.
class StreamRightsTest {
    private static final String HERE = "/apis/rbac.authorization.k8s.io/v1/namespaces/default";
    private static final String ONE = StreamPods.PODS + "/one";

    @TempDir static Path temp;
    private static TestServer server;
    private static Https admin;

    @BeforeAll
    static void start() {
        server = new TestServer(temp, new LocalStreams(), temp.resolve("audit"));
        admin = server.https();
        new StreamPods(admin).running("one", "n1", "a");
        allow("reader", "pods", "get");
        allow("reader", "pods/log", "get");
        allow("sailor", "pods/exec", "create");
        allow("sailor", "pods/proxy", "get");
        allow("diver", "pods/exec", "get");
    }

    @AfterAll
    static void stop() {
        admin.close();
        server.close();
    }

    /// A WebSocket begins with a GET, so it takes another right than SPDY's POST.
    @ParameterizedTest
    @CsvSource({
        "nobody, GET,    log,           pods/log,         get",
        "reader, POST,   exec,          pods/exec,        create",
        "reader, GET,    exec,          pods/exec,        get",
        "sailor, GET,    exec,          pods/exec,        get",
        "sailor, POST,   attach,        pods/attach,      create",
        "sailor, GET,    attach,        pods/attach,      get",
        "sailor, POST,   portforward,   pods/portforward, create",
        "sailor, GET,    portforward,   pods/portforward, get",
        "reader, GET,    proxy/secret,  pods/proxy,       get",
        "sailor, POST,   proxy/secret,  pods/proxy,       create",
        "sailor, PUT,    proxy/secret,  pods/proxy,       update",
        "sailor, PATCH,  proxy/secret,  pods/proxy,       patch",
        "sailor, DELETE, proxy/secret,  pods/proxy,       delete"
    })
    void whoMayNotIsToldInKubernetesWords(
            String user, String method, String path, String part, String verb) throws IOException {
        var said = ask(user, method, ONE + "/" + path + "?command=ls&stdout=1");
        assertThat(said).startsWith("HTTP/1.1 403 Forbidden");
        var status = JsonMapper.shared().readTree(said.substring(said.indexOf('{')));
        assertThat(status.path("message").asString())
                .isEqualTo(
                        "pods \"one\" is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"\" in the namespace \"default\""
                                .formatted(user, verb, part));
        assertThat(status.at("/details/name").asString()).isEqualTo("one");
        assertThat(status.path("reason").asString()).isEqualTo("Forbidden");
    }

    @Test
    void whoMayIsLetIn() throws IOException {
        assertThat(ask("sailor", "POST", ONE + "/exec?command=true&stdout=1"))
                .startsWith("HTTP/1.1 101 ");
        assertThat(ask("diver", "GET", ONE + "/exec?command=true&stdout=1"))
                .startsWith("HTTP/1.1 101 ");
        // It is asked, and waits: the right was there.
        assertThat(ask("reader", "GET", ONE + "/log")).startsWith("HTTP/1.1 400 ");
    }

    /// What is run stands in the path's query, and what is said in the streams: neither is kept.
    @Test
    void theAuditTellsWhoAndWhereAndNothingOfWhatWasSaid() throws IOException {
        var exec = ONE + "/exec?command=echo&command=hush&stdout=1";
        assertThat(ask("diver", "GET", exec + "&container=a")).startsWith("HTTP/1.1 101 ");
        assertThat(ask("reader", "GET", exec + "&container=a")).startsWith("HTTP/1.1 403 ");
        var log = temp.resolve("audit/audit.log");
        var let = line(log, "diver");
        assertThat(let.path("requestURI").asString()).isEqualTo(ONE + "/exec?container=a");
        assertThat(let.at("/user/username").asString()).isEqualTo("flotilla-admin");
        assertThat(let.at("/objectRef/subresource").asString()).isEqualTo("exec");
        assertThat(let.at("/responseStatus/code").asInt()).isEqualTo(101);
        assertThat(line(log, "reader").at("/annotations/authorization.k8s.io~1decision").asString())
                .isEqualTo("forbid");
        assertThat(Files.readString(log)).doesNotContain("hush").doesNotContain("command");
    }

    /// Of this user's exec of container `a`; it is written when the streams have ended.
    private static JsonNode line(Path log, String user) {
        return Until.seen(
                        "the line of " + user,
                        Duration.ofSeconds(30),
                        () -> lines(log).filter(e -> isExec(e, user)).findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static boolean isExec(JsonNode event, String user) {
        return event.at("/impersonatedUser/username").asString("").equals(user)
                && event.path("requestURI").asString("").contains("container=a");
    }

    private static Stream<JsonNode> lines(Path log) {
        try {
            var text = Files.exists(log) ? Files.readString(log) : "";
            var whole = text.substring(0, text.lastIndexOf('\n') + 1);
            return whole.lines().map(l -> JsonMapper.shared().readTree(l));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void allow(String user, String resource, String verb) {
        var name = user + "-" + resource.replace('/', '-') + "-" + verb;
        var role =
                "{\"metadata\":{\"name\":\"%s\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"%s\"],\"verbs\":[\"%s\"]}]}"
                        .formatted(name, resource, verb);
        assertThat(admin.post(HERE + "/roles", role).code()).isEqualTo(201);
        var binding =
                "{\"metadata\":{\"name\":\"%1$s\"},\"subjects\":[{\"kind\":\"User\",\"name\":\"%2$s\"}],\"roleRef\":{\"kind\":\"Role\",\"name\":\"%1$s\"}}"
                        .formatted(name, user);
        assertThat(admin.post(HERE + "/rolebindings", binding).code()).isEqualTo(201);
    }

    /// One request as this user, which wants its connection to become another where that can be.
    private static String ask(String user, String method, String path) throws IOException {
        try (var wire = new Wire(server, admin.client().sslContext(), "http/1.1")) {
            var upgrade =
                    method.equals("GET")
                            ? "websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key:"
                                    + " AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol:"
                                    + " v4.channel.k8s.io"
                            : "SPDY/3.1\r\nX-Stream-Protocol-Version: v4.channel.k8s.io";
            wire.say(
                    "%s %s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nImpersonate-User: %s\r\nContent-Length: 0\r\n%s\r\n"
                            .formatted(
                                    method,
                                    path,
                                    server.pki.token(),
                                    user,
                                    path.contains("/log")
                                            ? ""
                                            : "Connection: Upgrade\r\nUpgrade: "
                                                    + upgrade
                                                    + "\r\n"));
            return wire.answer();
        }
    }
}
