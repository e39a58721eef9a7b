package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Objects;

/// Pods of more than one plain container, on a simulated engine.
class KubeletPodsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTES = Duration.ofMinutes(2);

    private final World world = new World(1);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void initContainersRunOneAfterTheOther() {
        pod(
                """
                initContainers:
                - {name: first, image: "busybox:1", command: [sh, -c, "sleep 5; exit 0"]}
                - {name: log, image: "busybox:1", restartPolicy: Always}
                - {name: second, image: "busybox:1", command: [sh, -c, "sleep 6; exit 0"]}
                containers:
                - {name: web, image: "nginx:1.27"}
                """);
        world.run(Duration.ofSeconds(4));
        var status = world.get("p").getStatus();
        assertThat(status.getPhase()).isEqualTo("Pending");
        assertThat(status.getInitContainerStatuses().getFirst().getState().getRunning())
                .isNotNull();
        assertThat(status.getContainerStatuses().getFirst().getState().getWaiting().getReason())
                .isEqualTo("PodInitializing");
        assertThat(condition("Initialized")).isEqualTo("False");

        world.run(Duration.ofSeconds(5));
        status = world.get("p").getStatus();
        assertThat(status.getInitContainerStatuses().get(0).getState().getTerminated().getReason())
                .isEqualTo("Completed");
        assertThat(status.getInitContainerStatuses().get(1).getReady()).isTrue();
        assertThat(status.getContainerStatuses().getFirst().getState().getRunning()).isNull();

        world.run(Duration.ofSeconds(10));
        status = world.get("p").getStatus();
        assertThat(status.getPhase()).isEqualTo("Running");
        assertThat(condition("Initialized")).isEqualTo("True");
        assertThat(condition("Ready")).isEqualTo("True");
        assertThat(status.getContainerStatuses()).allMatch(ContainerStatus::getReady);
    }

    @Test
    void anInitContainerThatFailsForGoodFailsThePod() {
        pod(
                """
                restartPolicy: Never
                initContainers:
                - {name: first, image: "busybox:1", command: [sh, -c, "exit 3"]}
                containers:
                - {name: web, image: "nginx:1.27"}
                """);
        world.run(Duration.ofSeconds(10));
        var status = world.get("p").getStatus();
        assertThat(status.getPhase()).isEqualTo("Failed");
        assertThat(status.getContainerStatuses().getFirst().getState().getRunning()).isNull();
    }

    @Test
    void anInitContainerThatFailsIsTriedAgain() {
        pod(
                """
                initContainers:
                - {name: first, image: "busybox:1", command: [sh, -c, "exit 3"]}
                containers:
                - {name: web, image: "nginx:1.27"}
                """);
        world.run(Duration.ofSeconds(30));
        var status = world.get("p").getStatus();
        assertThat(status.getPhase()).isEqualTo("Pending");
        var first = status.getInitContainerStatuses().getFirst();
        assertThat(first.getRestartCount()).isGreaterThan(3);
        assertThat(first.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
    }

    @Test
    void aPodOfTheNodesNetworkHasItsAddress() {
        pod("hostNetwork: true\ncontainers: [{name: web, image: \"nginx:1.27\"}]");
        world.run(Duration.ofSeconds(3));
        var status = world.get("p").getStatus();
        assertThat(status.getPhase()).isEqualTo("Running");
        assertThat(status.getPodIP()).isEqualTo(status.getHostIP());
    }

    @Test
    void filesFollowTheirConfigMapAndGoWithThePod() {
        var pod =
                pod(
                        """
                        containers:
                        - name: web
                          image: nginx:1.27
                          volumeMounts: [{name: conf, mountPath: /etc/conf}]
                        volumes: [{name: conf, configMap: {name: words}}]
                        """);
        world.run(Duration.ofSeconds(3));
        assertThat(world.get("p").getStatus().getPhase()).isEqualTo("Pending");
        assertThat(world.events("p"))
                .anyMatch(
                        e ->
                                e.startsWith("FailedMount: ")
                                        && e.endsWith("configmap \"words\" not found"));
        world.create(words("one"));
        world.run(Duration.ofSeconds(3));
        assertThat(world.get("p").getStatus().getPhase()).isEqualTo("Running");
        assertThat(content(pod)).isEqualTo("one");

        var before =
                world.cluster.get(ConfigMap.class, new ObjectKey("default", "words")).orElseThrow();
        var after = new ConfigMapBuilder(before).addToData("a", "two").build();
        assertThat(world.cluster.update(before, after)).isInstanceOf(Written.Done.class);
        world.run(SECOND);
        assertThat(content(pod)).isEqualTo("two");
        assertThat(world.web("p").getRestartCount()).isZero();

        world.cluster.delete(world.get("p"), Deletion.NOW);
        world.run(MINUTES);
        assertThat(world.engine.filesOf(folder(pod))).isEmpty();
    }

    @Test
    void theNextMasterTakesAwayWhatAPodLeft() {
        var pod =
                pod(
                        """
                        containers:
                        - name: web
                          image: nginx:1.27
                          volumeMounts: [{name: a, mountPath: /a}]
                        volumes: [{name: a, emptyDir: {}}]
                        """);
        world.run(Duration.ofSeconds(3));
        assertThat(world.engine.filesOf(folder(pod))).isPresent();
        world.silent(true);
        world.cluster.delete(world.get("p"), new Deletion(false, 0L));
        world.silent(false);
        world.restartMaster();
        world.run(MINUTES);
        assertThat(world.engine.containers()).isEmpty();
        assertThat(world.engine.filesOf(folder(pod))).isEmpty();
    }

    private Pod pod(String spec) {
        var asked = Serialization.unmarshal(spec, PodSpec.class);
        asked.setNodeName(World.NODE);
        return world.create(
                new PodBuilder()
                        .withNewMetadata()
                        .withName("p")
                        .withNamespace("default")
                        .endMetadata()
                        .withSpec(asked)
                        .build());
    }

    private String condition(String type) {
        return world.get("p").getStatus().getConditions().stream()
                .filter(c -> c.getType().equals(type))
                .findFirst()
                .orElseThrow()
                .getStatus();
    }

    private String content(Pod pod) {
        var trees = world.engine.filesOf(folder(pod)).orElseThrow().trees();
        return Objects.requireNonNull(trees.getFirst().files().get("a")).text();
    }

    private PodFolder folder(Pod pod) {
        var cluster =
                world.cluster
                        .get(Namespace.class, ObjectKey.of("kube-system"))
                        .map(n -> n.getMetadata().getUid())
                        .orElse("");
        return new PodFolder(cluster, pod.getMetadata().getUid());
    }

    private static ConfigMap words(String text) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("words")
                .withNamespace("default")
                .endMetadata()
                .addToData("a", text)
                .build();
    }
}
