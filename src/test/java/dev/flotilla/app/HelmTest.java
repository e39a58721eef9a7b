package dev.flotilla.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Command;
import dev.flotilla.lab.Master;
import dev.flotilla.lab.MostlyWaits;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Helm, unchanged, on a master with simulated nodes: a chart with a bit of everything. The cases
/// are in [HelmCases].
@MostlyWaits
class HelmTest {
    private static final Path CHART = Path.of("src/test/helm/shop");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir Path folder;

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "x86_64"})
    void theLifeOfARelease() throws IOException {
        try (var master = Master.start(folder, "--simulate", "2");
                var client = client(master.kubeconfig())) {
            var helm = Command.run(LIMIT, helm(master.kubeconfig()));
            assertThat(helm.out().lines().filter(line -> !line.startsWith("ok ")))
                    .as(helm.err())
                    .isEmpty();
            assertThat(helm.out().lines()).hasSize(10);
            assertThat(helm.exit()).isZero();
            assertThat(client.rbac().clusterRoles().withName("shop").get()).isNull();
            var deployments = client.apps().deployments().inNamespace("apps");
            deployments.withName("shop").waitUntilCondition(Objects::isNull, 30, TimeUnit.SECONDS);
        }
    }

    private static List<String> helm(Path kubeconfig) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                HelmCases.class.getName(),
                CHART.toAbsolutePath().toString(),
                kubeconfig.toString());
    }

    private static KubernetesClient client(Path kubeconfig) throws IOException {
        var config = Config.fromKubeconfig(Files.readString(kubeconfig));
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
