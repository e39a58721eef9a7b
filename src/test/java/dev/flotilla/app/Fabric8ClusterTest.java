package dev.flotilla.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Master;
import dev.flotilla.lab.MostlyWaits;
import dev.flotilla.lab.Until;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// fabric8's client on a master with simulated nodes: what needs pods that run.
@MostlyWaits
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class Fabric8ClusterTest {
    private static final int SECONDS = 60;

    @TempDir static Path folder;

    private Master master;
    private KubernetesClient client;

    @BeforeAll
    void master() throws IOException {
        master = Master.start(folder, "--simulate", "2");
        var config = Config.fromKubeconfig(Files.readString(master.kubeconfig()));
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterAll
    void end() {
        client.close();
        master.close();
    }

    @Test
    void aDeploymentBecomesReadyAndRestarts() {
        var web =
                new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(2)
                        .withNewSelector()
                        .withMatchLabels(Map.of("app", "web"))
                        .endSelector()
                        .withTemplate(
                                new PodTemplateSpecBuilder()
                                        .withNewMetadata()
                                        .withLabels(Map.of("app", "web"))
                                        .endMetadata()
                                        .withSpec(pod("x", "nginx:1").getSpec())
                                        .build())
                        .endSpec()
                        .build();
        client.resource(web).create();
        var here = client.apps().deployments().inNamespace("default").withName("web");
        here.waitUntilReady(SECONDS, TimeUnit.SECONDS);
        here.rolling().restart();
        assertThat(here.get().getSpec().getTemplate().getMetadata().getAnnotations())
                .containsKey("kubectl.kubernetes.io/restartedAt");
        here.waitUntilReady(SECONDS, TimeUnit.SECONDS);
        here.delete();
        here.waitUntilCondition(Objects::isNull, SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aPodBecomesReadyIsUsedAndEvicted() {
        client.resource(pod("one", "nginx")).create();
        var one = client.pods().inNamespace("default").withName("one");
        assertThat(one.waitUntilReady(SECONDS, TimeUnit.SECONDS).getSpec().getNodeName())
                .startsWith("sim-");
        assertThat(
                        one.edit(
                                p ->
                                        new PodBuilder(p)
                                                .editMetadata()
                                                .addToLabels("a", "b")
                                                .endMetadata()
                                                .build()))
                .satisfies(p -> assertThat(p.getMetadata().getLabels()).containsEntry("a", "b"));
        Until.seen(
                "each node tells what it uses",
                Duration.ofSeconds(SECONDS),
                () -> client.top().nodes().metrics().getItems(),
                items -> items.size() == 2);
        assertThat(one.evict()).isTrue();
        one.waitUntilCondition(Objects::isNull, SECONDS, TimeUnit.SECONDS);
    }

    private static Pod pod(String name, String image) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("c")
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
    }
}
