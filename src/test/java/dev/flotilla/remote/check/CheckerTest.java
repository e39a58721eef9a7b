package dev.flotilla.remote.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import dev.flotilla.node.Check;
import dev.flotilla.remote.link.NodeHost;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

/// Checks over the network against real listeners.
class CheckerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String HERE = "127.0.0.1";

    private final Checker checker = new Checker(new NodeHost.Here()::dial);
    private final HttpServer web;

    CheckerTest() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        web.createContext(
                "/",
                exchange -> {
                    boolean known =
                            List.of("yes").equals(exchange.getRequestHeaders().get("X-Known"));
                    int code = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
                    exchange.sendResponseHeaders(known ? code : 403, -1);
                    exchange.close();
                });
        web.start();
    }

    @AfterEach
    void stop() {
        web.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"200,true", "204,true", "302,true", "399,true", "400,false", "500,false"})
    void takesAnAnswerFrom200To399(int code, boolean well) {
        var answer =
                checker.ask(
                        new Check.Http(
                                false,
                                HERE,
                                web.getAddress().getPort(),
                                "/" + code,
                                List.of("X-Known: yes"),
                                PATIENCE));
        assertThat(answer.well()).isEqualTo(well);
        if (!well) {
            assertThat(answer.words()).isEqualTo("HTTP probe failed with statuscode: " + code);
        }
    }

    @Test
    void tellsWhetherSomebodyListens() throws IOException {
        int port = web.getAddress().getPort();
        assertThat(checker.ask(new Check.Tcp(HERE, port, PATIENCE)).well()).isTrue();
        int nobody;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        var refused = checker.ask(new Check.Tcp(HERE, nobody, PATIENCE));
        assertThat(refused.well()).isFalse();
        assertThat(refused.words()).contains("refused");
    }

    @Test
    void givesUpOnWhoeverSaysNothing() throws IOException {
        try (var mute = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            var answer =
                    checker.ask(
                            new Check.Http(
                                    false,
                                    HERE,
                                    mute.getLocalPort(),
                                    "/",
                                    List.of(),
                                    Duration.ofMillis(200)));
            assertThat(answer.well()).isFalse();
            assertThat(answer.words()).contains("timed out");
        }
    }
}
