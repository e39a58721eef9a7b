package dev.flotilla.ui.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.Resources;
import dev.flotilla.ui.state.PodState.Look;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class StateBuilderTest {
    private static final Instant NOW = Instant.parse("2026-03-01T14:00:00Z");

    private final StateBuilder builder = new StateBuilder();

    @Test
    void aPodBelongsToItsDeployment() {
        var state = build(List.of(pod("web-7c9f8d-x2k4l").build()), node("True"));
        var pod = state.pods().getFirst();
        assertThat(pod.app()).isEqualTo(new ObjectKey("shop", "web"));
        assertThat(pod.appKind()).isEqualTo("Deployment");
        assertThat(pod.shortId()).isEqualTo("7c9-x2k4l");
        assertThat(pod.look()).isEqualTo(Look.READY);
        assertThat(state.apps())
                .singleElement()
                .matches(a -> a.desired() == 3 && a.ready() == 1 && a.pods() == 1);
    }

    @Test
    void addsUpWhatANodeIsAskedFor() {
        var state =
                build(
                        List.of(pod("web-7c9f8d-a").build(), pod("web-7c9f8d-b").build()),
                        node("True"));
        assertThat(state.nodes().getFirst().requested()).isEqualTo(new Resources(500, 256L << 20));
    }

    @Test
    void podsOfANodeThatDoesNotAnswerAreLost() {
        var pods = List.of(pod("web-7c9f8d-a").build());
        assertThat(build(pods, node("True")).pods().getFirst().look()).isEqualTo(Look.READY);
        assertThat(build(pods, node("Unknown")).pods().getFirst().look()).isEqualTo(Look.LOST);
    }

    @Test
    void whatDidNotChangeIsNotReadAgain() {
        var same = pod("web-7c9f8d-a").build();
        var first = build(List.of(same, pod("web-7c9f8d-b").build()), node("True"));
        var moved = pod("web-7c9f8d-b").editMetadata().withResourceVersion("8").endMetadata();
        var second = build(List.of(same, moved.build()), node("True"));
        assertThat(second.pods().getFirst()).isSameAs(first.pods().getFirst());
        assertThat(second.pods().getLast()).isNotSameAs(first.pods().getLast());
    }

    @Test
    void anImageThatCannotBeHadIsAFailureInDockersWords() {
        var pod =
                pod("web-7c9f8d-a")
                        .editStatus()
                        .withPhase("Pending")
                        .withConditions()
                        .addNewContainerStatus()
                        .withName("c")
                        .withRestartCount(2)
                        .withNewState()
                        .withNewWaiting()
                        .withReason("ImagePullBackOff")
                        .withMessage("manifest unknown")
                        .endWaiting()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build();
        var seen = build(List.of(pod), node("True")).pods().getFirst();
        assertThat(seen.look()).isEqualTo(Look.FAILED);
        assertThat(seen.status()).isEqualTo("ImagePullBackOff");
        assertThat(seen.message()).isEqualTo("manifest unknown");
        assertThat(seen.restarts()).isEqualTo(2);
    }

    @Test
    void namesAreInTheOrderAPersonExpects() {
        assertThat(StateBuilder.natural("node-2", "node-10")).isNegative();
        assertThat(StateBuilder.natural("node-10", "node-2")).isPositive();
        assertThat(StateBuilder.natural("a", "b")).isNegative();
        assertThat(StateBuilder.natural("node-2", "node-2")).isZero();
    }

    private FleetState build(List<Pod> pods, Node node) {
        return builder.build(
                new Raw(
                        NOW,
                        List.of(),
                        List.of(node),
                        pods,
                        List.of(replicaSet()),
                        List.of(deployment()),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of()));
    }

    private static Node node(String ready) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("n1")
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .endCondition()
                .endStatus()
                .build();
    }

    private static PodBuilder pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("shop")
                .withUid("uid-" + name)
                .withResourceVersion("7")
                .withCreationTimestamp("2026-03-01T13:00:00Z")
                .addNewOwnerReference()
                .withKind("ReplicaSet")
                .withName("web-7c9f8d")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withNodeName("n1")
                .addNewContainer()
                .withName("c")
                .withImage("web:1")
                .withNewResources()
                .addToRequests("cpu", new Quantity("250m"))
                .addToRequests("memory", new Quantity("128Mi"))
                .endResources()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus();
    }

    private static ReplicaSet replicaSet() {
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withName("web-7c9f8d")
                .withNamespace("shop")
                .addNewOwnerReference()
                .withKind("Deployment")
                .withName("web")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();
    }

    private static Deployment deployment() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("shop")
                .endMetadata()
                .withNewSpec()
                .withReplicas(3)
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("web:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
