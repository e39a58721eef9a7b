package dev.flotilla.node.plan;

import static dev.flotilla.node.Pods.NOW;
import static dev.flotilla.node.Pods.container;
import static dev.flotilla.node.Pods.deleted;
import static dev.flotilla.node.Pods.exited;
import static dev.flotilla.node.Pods.pod;
import static dev.flotilla.node.Pods.running;
import static dev.flotilla.node.Pods.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.memory.Facts;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Init containers `first` and `second`, a sidecar `log` between them, then `web`: whose turn is
/// it?
class InitPlanTest {
    private static final ContainerState BOX = state(PodLabels.SANDBOX, running(0));

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void plans(String what, Pod pod, List<ContainerState> shown, List<Action> follows) {
        var all = new ArrayList<>(shown);
        all.add(BOX);
        assertThat(PodPlan.of(pod, all, Facts.NONE, Wanted.NOTHING, NOW)).isEqualTo(follows);
    }

    static Stream<Arguments> situations() {
        var always = initialized("Always");
        var never = initialized("Never");
        return Stream.of(
                of("the first alone", always, List.of(), fetch("first")),
                of("it runs", always, List.of(state("first", running(0)))),
                of("the engine tries it again", always, List.of(state("first", failing()))),
                of(
                        "it failed, and Docker gave up",
                        always,
                        List.of(state("first", exited(1))),
                        new Action.Start("first", "id-first", true)),
                of("it failed for good", never, List.of(state("first", exited(1)))),
                of("then the sidecar", always, List.of(state("first", exited(0))), fetch("log")),
                of(
                        "the sidecar is made, not up",
                        always,
                        List.of(state("first", exited(0)), state("log", new Phase.Created())),
                        new Action.Start("log", "id-log", false)),
                of(
                        "the sidecar is up",
                        always,
                        List.of(state("first", exited(0)), state("log", running(1))),
                        fetch("second")),
                of(
                        "all done",
                        always,
                        List.of(
                                state("first", exited(0)),
                                state("log", running(1)),
                                state("second", exited(0))),
                        fetch("web")),
                of(
                        "once begun, what initialized may be gone",
                        always,
                        List.of(state("web", running(2))),
                        fetch("log")),
                of(
                        "leaving: the application before its sidecar",
                        deleted(always),
                        List.of(state("log", running(1)), state("web", running(2))),
                        remove("web")),
                of(
                        "leaving: then the sidecar, with what is left of the grace",
                        deleted(always),
                        List.of(state("log", running(1))),
                        new Action.Remove("log", "id-log", Duration.ofSeconds(2))));
    }

    private static Arguments of(
            String what, Pod pod, List<ContainerState> shown, Action... follows) {
        return Arguments.of(what, pod, shown, List.of(follows));
    }

    private static Action fetch(String container) {
        return new Action.Fetch(container);
    }

    private static Action remove(String container) {
        return new Action.Remove(container, "id-" + container, Duration.ofSeconds(7));
    }

    private static Phase failing() {
        return new Phase.Restarting(1, NOW);
    }

    private static Pod initialized(String policy) {
        var sidecar = new ContainerBuilder(container("log")).withRestartPolicy("Always").build();
        return new PodBuilder(pod(policy, "web"))
                .editSpec()
                .withInitContainers(container("first"), sidecar, container("second"))
                .endSpec()
                .build();
    }
}
