package dev.flotilla.bench;

import dev.flotilla.lab.Until;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

/// Kubernetes' own `kube-apiserver` with its `etcd`, to measure beside: found on the PATH or named
/// by the variables `KUBE_APISERVER` and `ETCD`. Both sync each commit; it writes no audit log.
final class Peer implements AutoCloseable {
    private static final String TOKEN = "peer-token-of-the-benchmark";
    private static final Duration START = Duration.ofMinutes(2);

    private final Path apiserver;
    private final Path etcd;
    private final Path folder;
    private final List<Process> running = new ArrayList<>();
    private int port;

    private Peer(Path apiserver, Path etcd, Path folder) {
        this.apiserver = apiserver;
        this.etcd = etcd;
        this.folder = folder;
    }

    /// One that is not started; empty, with a word, where there is none.
    static Optional<Peer> found(Path folder) {
        var apiserver = program("KUBE_APISERVER", "kube-apiserver");
        var etcd = program("ETCD", "etcd");
        if (apiserver.isEmpty() || etcd.isEmpty()) {
            System.out.println(
                    "no peer: kube-apiserver and etcd are neither on the PATH nor named by"
                            + " KUBE_APISERVER and ETCD");
            return Optional.empty();
        }
        return Optional.of(new Peer(apiserver.get(), etcd.get(), folder));
    }

    private static Optional<Path> program(String variable, String name) {
        var named = System.getenv(variable);
        var folders =
                Stream.of(
                        Objects.requireNonNullElse(System.getenv("PATH"), "")
                                .split(File.pathSeparator, -1));
        return (named == null ? folders.map(f -> Path.of(f, name)) : Stream.of(Path.of(named)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Starts both, on what they left when they ran before, and waits until it is ready.
    Target start() throws IOException, GeneralSecurityException {
        int client = free();
        var etcdUrl = "http://127.0.0.1:" + client;
        run(
                "etcd",
                List.of(
                        etcd.toString(),
                        "--data-dir=" + folder.resolve("etcd-data"),
                        "--listen-client-urls=" + etcdUrl,
                        "--advertise-client-urls=" + etcdUrl,
                        "--listen-peer-urls=http://127.0.0.1:" + free(),
                        "--quota-backend-bytes=4000000000"));
        keys();
        port = free();
        run(
                "kube-apiserver",
                List.of(
                        apiserver.toString(),
                        "--etcd-servers=" + etcdUrl,
                        "--bind-address=127.0.0.1",
                        "--advertise-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--cert-dir=" + folder.resolve("certs"),
                        "--token-auth-file=" + folder.resolve("tokens"),
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--service-account-key-file=" + folder.resolve("accounts.pub"),
                        "--service-account-signing-key-file=" + folder.resolve("accounts.key"),
                        "--service-cluster-ip-range=10.44.0.0/16",
                        "--authorization-mode=RBAC",
                        "--disable-admission-plugins=ServiceAccount"));
        Until.seen("it is ready", START, () -> get("/readyz"), answer -> answer.equals("ok"));
        Until.seen(
                "it has made its namespace",
                START,
                () -> get("/api/v1/namespaces/default"),
                answer -> answer.contains("\"Namespace\""));
        return new Target(
                "kube-apiserver",
                server(),
                TOKEN,
                tls(),
                running.stream().map(Process::pid).toList());
    }

    private String get(String path) {
        try (var client = HttpClient.newBuilder().sslContext(tls()).build()) {
            var request =
                    HttpRequest.newBuilder(server().resolve(path))
                            .header("Authorization", "Bearer " + TOKEN)
                            .build();
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException | GeneralSecurityException e) {
            return String.valueOf(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private URI server() {
        return URI.create("https://127.0.0.1:" + port);
    }

    /// Trusts the certificate that the peer made for itself.
    private SSLContext tls() throws IOException, GeneralSecurityException {
        return Target.trusting(Files.readAllBytes(folder.resolve("certs/apiserver.crt")));
    }

    private void keys() throws IOException, GeneralSecurityException {
        Files.writeString(folder.resolve("tokens"), TOKEN + ",bench,bench,\"system:masters\"\n");
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        pem("accounts.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
        pem("accounts.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private void pem(String file, String what, byte[] bytes) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private void run(String name, List<String> command) throws IOException {
        running.add(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name + ".log").toFile())
                        .start());
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        kill();
    }

    /// `kill -9` of both.
    void kill() {
        for (var each : running) {
            each.destroyForcibly().onExit().join();
        }
        running.clear();
    }
}
