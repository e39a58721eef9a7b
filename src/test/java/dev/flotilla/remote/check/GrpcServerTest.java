package dev.flotilla.remote.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.node.Check;
import dev.flotilla.node.Check.Answer;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// gRPC checks against the server and the health service of grpc-java.
class GrpcServerTest {
    private static final String HERE = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HealthStatusManager health = new HealthStatusManager();
    private final Checker checker = new Checker(GrpcServerTest::dial);
    private @Nullable Server server;

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            server.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void hearsHowTheServerAndEachOfItsServicesDo() throws IOException {
        int port = serve(builder().addService(health.getHealthService()));
        health.setStatus("fleet", ServingStatus.NOT_SERVING);
        health.setStatus("lost", ServingStatus.UNKNOWN);
        assertThat(ask(port, "")).isEqualTo(Answer.WELL);
        assertThat(ask(port, "fleet"))
                .isEqualTo(Answer.unwell("service unhealthy (responded with \"NOT_SERVING\")"));
        assertThat(ask(port, "lost"))
                .isEqualTo(Answer.unwell("service unhealthy (responded with \"UNKNOWN\")"));
        assertThat(ask(port, "none"))
                .isEqualTo(
                        Answer.unwell(
                                "error: health rpc probe failed: rpc error: code = NotFound desc ="
                                        + " unknown service none"));
        health.setStatus("fleet", ServingStatus.SERVING);
        assertThat(ask(port, "fleet")).isEqualTo(Answer.WELL);
        health.enterTerminalState();
        assertThat(ask(port, "").well()).isFalse();
    }

    @Test
    void saysThatThereIsNoHealthService() throws IOException {
        assertThat(ask(serve(builder()), "").words())
                .isEqualTo(
                        "error: this server does not implement the grpc health protocol"
                                + " (grpc.health.v1.Health): Method not found:"
                                + " grpc.health.v1.Health/Check");
    }

    @Test
    void doesNotWaitLongerThanItMay() throws IOException {
        int port =
                serve(
                        builder()
                                .addService(health.getHealthService())
                                .intercept(new NeverAnswers()));
        var soon = new Check.Grpc(HERE, port, "", Duration.ofSeconds(1));
        assertThat(checker.ask(soon).words())
                .isEqualTo("timeout: health rpc did not complete within 1s");
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int nobody;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        assertThat(ask(nobody, "").words())
                .startsWith("error: failed to connect service at \"127.0.0.1:" + nobody + "\": ");
    }

    private Answer ask(int port, String service) {
        return checker.ask(new Check.Grpc(HERE, port, service, PATIENCE));
    }

    private static NettyServerBuilder builder() {
        return NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private int serve(NettyServerBuilder builder) throws IOException {
        var started = builder.build().start();
        server = started;
        return started.getPort();
    }

    private static Socket dial(String address, int port, Duration timeout) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
        return socket;
    }

    private static final class NeverAnswers implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            return new ServerCall.Listener<>() {};
        }
    }
}
