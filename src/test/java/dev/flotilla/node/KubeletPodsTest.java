package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

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
        world.create(
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
        world.create(
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
        world.create(
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
        world.create("hostNetwork: true\ncontainers: [{name: web, image: \"nginx:1.27\"}]");
        world.run(Duration.ofSeconds(3));
        var status = world.get("p").getStatus();
        assertThat(status.getPhase()).isEqualTo("Running");
        assertThat(status.getPodIP()).isEqualTo(status.getHostIP());
    }

    @Test
    void filesFollowTheirConfigMapAndGoWithThePod() {
        var pod =
                world.create(
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
        assertThat(world.file(pod, "a")).isEqualTo("one");

        var before =
                world.cluster.get(ConfigMap.class, new ObjectKey("default", "words")).orElseThrow();
        var after = new ConfigMapBuilder(before).addToData("a", "two").build();
        assertThat(world.cluster.update(before, after)).isInstanceOf(Written.Done.class);
        world.run(SECOND);
        assertThat(world.file(pod, "a")).isEqualTo("two");
        assertThat(world.web("p").getRestartCount()).isZero();

        world.cluster.delete(world.get("p"), Deletion.NOW);
        world.run(MINUTES);
        assertThat(world.engine.filesOf(world.folder(pod))).isEmpty();
    }

    @Test
    void theNextMasterTakesAwayWhatAPodLeft() {
        var pod =
                world.create(
                        """
                        containers:
                        - name: web
                          image: nginx:1.27
                          volumeMounts: [{name: a, mountPath: /a}]
                        volumes: [{name: a, emptyDir: {}}]
                        """);
        world.run(Duration.ofSeconds(3));
        assertThat(world.engine.filesOf(world.folder(pod))).isPresent();
        world.silent(true);
        world.cluster.delete(world.get("p"), new Deletion(false, 0L));
        world.silent(false);
        world.restartMaster();
        world.run(MINUTES);
        assertThat(world.engine.containers()).isEmpty();
        assertThat(world.engine.filesOf(world.folder(pod))).isEmpty();
    }

    private String condition(String type) {
        return world.condition(world.get("p"), type).getStatus();
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
