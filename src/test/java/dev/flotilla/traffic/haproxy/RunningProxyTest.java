package dev.flotilla.traffic.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import dev.flotilla.lab.Until;
import dev.flotilla.traffic.OwnAddress;
import dev.flotilla.traffic.Tool;
import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Back;
import dev.flotilla.traffic.plan.Back.Balance;
import dev.flotilla.traffic.plan.Back.Greeting;
import dev.flotilla.traffic.plan.Back.Wire;
import dev.flotilla.traffic.plan.BackId;
import dev.flotilla.traffic.plan.BackId.Via;
import dev.flotilla.traffic.plan.Front;
import dev.flotilla.traffic.plan.Gate;
import dev.flotilla.traffic.plan.Plan;
import dev.flotilla.traffic.plan.Protocol;
import dev.flotilla.traffic.plan.Server;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A real HAProxy does what it is told while it runs, and tells what it did.
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class RunningProxyTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Settings settings;
    private DatagramSocket log;
    private int port;

    @AfterEach
    void end() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void itTakesServersOfEachKind(Wire wire) throws Exception {
        begin();
        var none = config(wire, List.of());
        start(none);
        var one = new Server("pod", new At("127.0.0.1", 9), false);
        assertThat(Step.between(none, config(wire, List.of(one))))
                .isInstanceOfSatisfying(Step.Commands.class, c -> say(c.commands()));
        assertThat(Step.between(config(wire, List.of(one)), none))
                .isInstanceOfSatisfying(
                        Step.Commands.class,
                        c ->
                                say(
                                        Stream.concat(c.commands().stream(), c.later().stream())
                                                .toList()));
    }

    @Test
    void requestsGoWhereTheyAreSentAndAreToldOf() throws Exception {
        begin();
        var a = server("a");
        var b = server("b");
        var first = config(Wire.PLAIN, List.of(a));
        start(first);
        answer("a");
        assertThat(told(a).status()).hasValue(200);

        var second = config(Wire.PLAIN, List.of(b));
        assertThat(Step.between(first, second))
                .isInstanceOfSatisfying(
                        Step.Commands.class,
                        c -> {
                            say(c.commands());
                            answer("b");
                        });
        var line = told(b);
        assertThat(line.status()).hasValue(200);
        assertThat(line.front()).isEqualTo("svc:default:web:80");
        assertThat(line.client()).startsWith("127.");
        assertThat(line.sent()).isPositive();
        assertThat(line.end()).isEqualTo("--");
    }

    private void begin() throws IOException {
        Tool.assumeInstalled("haproxy");
        log = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        open.add(log);
        log.setSoTimeout((int) LIMIT.toMillis());
        port = OwnAddress.freePort();
        settings =
                new Settings(
                        folder.resolve("s").toString(),
                        0,
                        "127.0.0.1:" + log.getLocalPort(),
                        folder.toString(),
                        200,
                        1024);
    }

    private Config config(Wire wire, List<Server> servers) {
        var back =
                new Back(
                        new BackId(Via.INSIDE, "default", "web", "80"),
                        true,
                        Balance.LEASTCONN,
                        0,
                        wire,
                        Greeting.NONE,
                        servers);
        var front =
                new Front(
                        Protocol.TCP,
                        List.of(new At(OwnAddress.get(), port)),
                        List.of(),
                        false,
                        back);
        return Configs.of(
                new Plan("n1", List.of(front), List.of(), Gate.CLOSED, List.of()), settings);
    }

    private Server server(String answer) throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    var body = answer.getBytes(StandardCharsets.US_ASCII);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        open.add(() -> server.stop(0));
        return new Server(answer, new At("127.0.0.1", server.getAddress().getPort()), false);
    }

    /// Until it takes commands.
    private void start(Config config) throws IOException {
        var file = Files.writeString(folder.resolve("haproxy.cfg"), config.text());
        var process =
                new ProcessBuilder("haproxy", "-db", "-f", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("said").toFile())
                        .start();
        open.add(() -> process.destroyForcibly().waitFor());
        Until.seen(
                "the proxy takes commands",
                LIMIT,
                () -> answers() ? "yes" : said(folder.resolve("said")),
                said -> {
                    assertThat(process.isAlive()).as(said).isTrue();
                    return said.equals("yes");
                });
    }

    private static String said(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private boolean answers() {
        try {
            return !say("show info").isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private void say(List<String> commands) {
        for (var command : commands) {
            try {
                assertThat(say(command))
                        .as(command)
                        .isIn("", "New server registered.", "Server deleted.");
            } catch (IOException e) {
                throw new AssertionError(command, e);
            }
        }
    }

    private String say(String command) throws IOException {
        var at = UnixDomainSocketAddress.of(settings.socket());
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(at);
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
            var said = new ByteArrayOutputStream();
            var buffer = ByteBuffer.allocate(4096);
            while (channel.read(buffer) >= 0) {
                said.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            return said.toString(StandardCharsets.US_ASCII).strip();
        }
    }

    private String ask() {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(
                                    URI.create("http://%s:%d/".formatted(OwnAddress.get(), port)))
                            .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Soon: a machine that is busy may have missed a check.
    private void answer(String wanted) {
        var _ = Until.seen("the answer of " + wanted, LIMIT, this::ask, wanted::equals);
    }

    /// The next line that tells of a request to a server.
    private LogLine told(Server server) throws IOException {
        var packet = new DatagramPacket(new byte[2048], 2048);
        while (true) {
            packet.setLength(2048);
            log.receive(packet);
            var line =
                    LogLine.parse(
                            new String(
                                    packet.getData(),
                                    0,
                                    packet.getLength(),
                                    StandardCharsets.US_ASCII));
            if (line.isPresent() && line.get().server().equals(server.name())) {
                return line.get();
            }
        }
    }
}
