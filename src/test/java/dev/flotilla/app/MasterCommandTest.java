package dev.flotilla.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Until;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;

/// The master as it is started: what it prints, what it writes, and why it does not start.
class MasterCommandTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path folder;

    @Test
    void servesSimulatedNodesThatRunWhatIsDeployed() throws IOException {
        try (var master = start(3)) {
            assertThat(master.readyLine())
                    .matches("ready https://127\\.0\\.0\\.1:\\d+ kubeconfig \\S+/kubeconfig");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve("kubeconfig"))))
                    .isEqualTo("rw-------");
            try (var client = client()) {
                client.resource(
                                new DeploymentBuilder()
                                        .withNewMetadata()
                                        .withName("web")
                                        .withNamespace("default")
                                        .endMetadata()
                                        .withNewSpec()
                                        .withReplicas(6)
                                        .withNewSelector()
                                        .addToMatchLabels("app", "web")
                                        .endSelector()
                                        .withNewTemplate()
                                        .withNewMetadata()
                                        .addToLabels("app", "web")
                                        .endMetadata()
                                        .withNewSpec()
                                        .addNewContainer()
                                        .withName("web")
                                        .withImage("web:1")
                                        .endContainer()
                                        .endSpec()
                                        .endTemplate()
                                        .endSpec()
                                        .build())
                        .create();
                Until.seen(
                        "two running pods on each of three nodes",
                        SOON,
                        () -> placesOfRunning(client),
                        places ->
                                places.equals(
                                        List.of(
                                                "sim-1", "sim-1", "sim-2", "sim-2", "sim-3",
                                                "sim-3")));
            }
        }
    }

    @Test
    void isKeptBusyForAWhile() {
        try (var _ = start(3);
                var client = client()) {
            var out = new ByteArrayOutputStream();
            var terminal =
                    new Terminal(
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            System.err,
                            InstantSource.system());
            var command =
                    List.of(
                            "exercise",
                            "--seconds=1",
                            "--replicas=5",
                            "--kubeconfig=" + folder.resolve("kubeconfig"));
            assertThat(Main.commandLine(terminal).execute(command.toArray(String[]::new))).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).matches("rounds of 5 pods: \\d+\\R");
            Until.seen(
                    "its namespace is gone",
                    SOON,
                    () -> client.namespaces().withName("exercise").get(),
                    namespace -> namespace == null);
        }
    }

    @Test
    void whatWasRunningIsThereAfterANewStart() {
        TreeSet<String> before;
        try (var _ = start(2);
                var client = client()) {
            before = names(client);
        }
        try (var _ = start(0);
                var client = client()) {
            assertThat(names(client)).containsAll(before);
        }
    }

    @Test
    void aTakenPortIsNamedWithAWayOut() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var answer = run("--listen", "127.0.0.1:" + taken.getLocalPort());
            assertThat(answer.exitCode()).isEqualTo(1);
            assertThat(answer.err())
                    .contains("127.0.0.1:" + taken.getLocalPort(), "--listen")
                    .doesNotContain("\tat ");
            assertThat(answer.out()).isEmpty();
        }
    }

    @Test
    void aFolderThatAnotherMasterHoldsIsLeftAlone() throws IOException {
        try (var first = start(0)) {
            var keys = Files.readString(folder.resolve("pki/server.crt"));
            var answer = run("--listen", "0.0.0.0:0");
            assertThat(folder.resolve("pki/server.crt")).hasContent(keys);
            assertThat(answer.exitCode()).isEqualTo(1);
            assertThat(answer.err())
                    .contains(folder.toString(), String.valueOf(ProcessHandle.current().pid()))
                    .doesNotContain("\tat ");
            try (var client = client()) {
                assertThat(client.namespaces().list().getItems()).isNotEmpty();
            }
            assertThat(first.uri().getPort()).isPositive();
        }
    }

    private Master start(int simulated) {
        var options = new MasterOptions();
        options.data = folder;
        options.listen = InetSocketAddress.createUnresolved("127.0.0.1", 0);
        options.simulate = simulated;
        var master = Master.open(options, InstantSource.system());
        master.work();
        return master;
    }

    private Answer run(String... flags) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal =
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        InstantSource.system());
        var line = new java.util.ArrayList<>(List.of("master", "--data", folder.toString()));
        line.addAll(List.of(flags));
        int exitCode = Main.commandLine(terminal).execute(line.toArray(String[]::new));
        return new Answer(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    private KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(folder.resolve("kubeconfig").toFile()))
                .build();
    }

    private static List<String> placesOfRunning(KubernetesClient client) {
        return client.pods().inNamespace("default").list().getItems().stream()
                .filter(p -> "Running".equals(p.getStatus().getPhase()))
                .map((Pod p) -> p.getSpec().getNodeName())
                .sorted()
                .toList();
    }

    private static TreeSet<String> names(KubernetesClient client) {
        var names = new TreeSet<String>();
        client.genericKubernetesResources("flotilla.dev/v1alpha1", "Machine")
                .list()
                .getItems()
                .forEach(m -> names.add(m.getMetadata().getName()));
        return names;
    }

    private record Answer(int exitCode, String out, String err) {}
}
