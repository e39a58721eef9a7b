package dev.flotilla.node.plan;

import static dev.flotilla.node.Pods.NOW;
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
import dev.flotilla.node.memory.Hook;
import dev.flotilla.node.memory.Track;
import dev.flotilla.node.memory.Trouble;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// One line a situation: the pod, what the engine shows, what is remembered, what follows.
class PodPlanTest {
    private static final Phase CREATED = new Phase.Created();
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final String BOX = PodLabels.SANDBOX;

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void plans(
            String what, Pod pod, List<ContainerState> shown, Facts facts, List<Action> follows) {
        assertThat(PodPlan.of(pod, shown, facts, Wanted.NOTHING, NOW)).isEqualTo(follows);
    }

    @Test
    void fetchesImagesWhileVolumesAreMadeReady() {
        var pod = pod("Always", "web");
        var volumes = new Wanted("all there", null, null);
        assertThat(PodPlan.of(pod, List.of(), Facts.NONE, volumes, NOW))
                .containsExactly(new Action.Prepare("all there"), fetch());
        assertThat(PodPlan.of(pod, List.of(), ready("web"), volumes, NOW))
                .containsExactly(new Action.Prepare("all there"));
        var lacking = new Wanted("", "configmap \"words\" not found", null);
        assertThat(PodPlan.of(pod, List.of(), Facts.NONE, lacking, NOW))
                .containsExactly(new Action.Prepare(""));
    }

    static Stream<Arguments> situations() {
        return Stream.of(alone(), greeting(), together(), leaving()).flatMap(s -> s);
    }

    private static Stream<Arguments> alone() {
        var always = pod("Always", "web");
        return Stream.of(
                of("nothing there: the image first", always, List.of(), Facts.NONE, fetch()),
                of("image on its way", always, List.of(), fetching("web")),
                of("image there", always, List.of(), ready("web"), new Action.Make("web", "")),
                of("being made", always, List.of(), busy("web")),
                of("runs", always, List.of(state("web", running(0))), Facts.NONE),
                of(
                        "the engine starts it again by itself",
                        always,
                        List.of(state("web", new Phase.Restarting(1, NOW))),
                        Facts.NONE),
                of(
                        "stopped by hand",
                        always,
                        List.of(state("web", exited(137))),
                        Facts.NONE,
                        new Action.Start("web", "id-web", true)),
                of(
                        "made, never started",
                        always,
                        List.of(state("web", CREATED)),
                        Facts.NONE,
                        new Action.Start("web", "id-web", false)),
                of(
                        "start refused a moment ago",
                        always,
                        List.of(state("web", CREATED)),
                        troubled("web", Trouble.RUN, 9)),
                of(
                        "start refused long ago",
                        always,
                        List.of(state("web", CREATED)),
                        troubled("web", Trouble.RUN, 10),
                        new Action.Start("web", "id-web", false)),
                of(
                        "pull refused a moment ago",
                        always,
                        List.of(),
                        troubled("web", Trouble.PULL, 9)),
                of(
                        "pull refused long ago",
                        always,
                        List.of(),
                        troubled("web", Trouble.PULL, 10),
                        fetch()),
                of(
                        "its image was changed",
                        new PodBuilder(always)
                                .editSpec()
                                .editFirstContainer()
                                .withImage("nginx:1.28")
                                .endContainer()
                                .endSpec()
                                .build(),
                        List.of(state("web", running(0))),
                        Facts.NONE,
                        new Action.Remove("web", "id-web", GRACE)),
                of(
                        "never restart: failed is failed",
                        pod("Never", "web"),
                        List.of(state("web", exited(1))),
                        Facts.NONE),
                of(
                        "never restart: not even when its container was removed",
                        pod("Never", "web"),
                        List.of(),
                        known("web")),
                of(
                        "on failure: failed by a stop by hand",
                        pod("OnFailure", "web"),
                        List.of(state("web", exited(137))),
                        Facts.NONE,
                        new Action.Start("web", "id-web", true)),
                of(
                        "on failure: done",
                        pod("OnFailure", "web"),
                        List.of(state("web", exited(0))),
                        Facts.NONE),
                of(
                        "a container that the pod does not name",
                        always,
                        List.of(state("web", running(0)), state("old", running(0))),
                        Facts.NONE,
                        new Action.Remove("old", "id-old", GRACE)),
                of(
                        "something that can't be given",
                        new PodBuilder(always).editSpec().withHostUsers(false).endSpec().build(),
                        List.of(),
                        Facts.NONE));
    }

    private static Stream<Arguments> greeting() {
        var one = greeted(pod("Always", "web"));
        var two = greeted(pod("Always", "web", "log"));
        var box = state(BOX, running(0));
        return Stream.of(
                of(
                        "runs, and has something to do first",
                        one,
                        List.of(state("web", running(0))),
                        hooked(Hook.DUE),
                        new Action.Greet("web", "id-web")),
                of("does it", one, List.of(state("web", running(0))), hooked(Hook.RUNNING)),
                of(
                        "whoever stands after it waits",
                        two,
                        List.of(box, state("web", running(1))),
                        hooked(Hook.RUNNING)),
                of(
                        "it is done",
                        two,
                        List.of(box, state("web", running(1))),
                        hooked(Hook.NONE),
                        new Action.Fetch("log")),
                of(
                        "ended before that was done: nothing of it may come late",
                        one,
                        List.of(state("web", exited(1))),
                        hooked(Hook.RUNNING)),
                of(
                        "first crash",
                        one,
                        List.of(state("web", exited(1))),
                        hooked(Hook.NONE),
                        new Action.Start("web", "id-web", true)));
    }

    private static Pod greeted(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .withNewLifecycle()
                .withNewPostStart()
                .withNewExec()
                .withCommand("hello")
                .endExec()
                .endPostStart()
                .endLifecycle()
                .endContainer()
                .endSpec()
                .build();
    }

    private static Facts hooked(Hook hook) {
        var track = Track.NEW.seen(state("web", running(0))).with(hook);
        return new Facts(Map.of("web", track), Map.of(), Set.of(), Set.of(), Map.of(), "");
    }

    private static Stream<Arguments> together() {
        var two = pod("Always", "web", "log");
        var box = state(BOX, running(0));
        return Stream.of(
                of("the sandbox first", two, List.of(), Facts.NONE, new Action.MakeSandbox()),
                of("sandbox being made", two, List.of(), busy(BOX)),
                of(
                        "then what joins it",
                        two,
                        List.of(box),
                        ready("web"),
                        new Action.Make("web", "id-POD"),
                        new Action.Fetch("log")),
                of(
                        "all run",
                        two,
                        List.of(box, state("web", running(1)), state("log", running(1))),
                        Facts.NONE),
                of(
                        "the sandbox was started anew: who joined the old network is stranded",
                        two,
                        List.of(
                                state(BOX, running(9)),
                                state("web", running(1)),
                                state("log", running(10))),
                        Facts.NONE,
                        new Action.Restart("web", "id-web", GRACE)),
                of(
                        "the sandbox was stopped",
                        two,
                        List.of(
                                state(BOX, exited(137)),
                                state("web", running(1)),
                                state("log", running(1))),
                        Facts.NONE,
                        new Action.Start(BOX, "id-POD", true)),
                of(
                        "the sandbox is gone: so is the id that others joined",
                        two,
                        List.of(state("web", running(1)), state("log", running(1))),
                        Facts.NONE,
                        new Action.Remove("web", "id-web", Duration.ZERO),
                        new Action.Remove("log", "id-log", Duration.ZERO)),
                of(
                        "done: the sandbox need not run",
                        new PodBuilder(pod("Never", "web", "log"))
                                .editStatus()
                                .withPhase("Succeeded")
                                .endStatus()
                                .build(),
                        List.of(box, state("web", exited(0)), state("log", exited(0))),
                        Facts.NONE,
                        new Action.Stop(BOX, "id-POD", Duration.ZERO)));
    }

    private static Stream<Arguments> leaving() {
        var one = deleted(pod("Always", "web"));
        var two = deleted(pod("Always", "web", "log"));
        var grace = Duration.ofSeconds(7);
        return Stream.of(
                of(
                        "deleted: stopped with its grace",
                        one,
                        List.of(state("web", running(0))),
                        Facts.NONE,
                        new Action.Remove("web", "id-web", grace)),
                of("deleted, being stopped", one, List.of(state("web", running(0))), busy("web")),
                of("deleted while it is made", one, List.of(), busy("web")),
                of(
                        "deleted while its image is pulled",
                        one,
                        List.of(),
                        fetching("web"),
                        new Action.Finish()),
                of("nothing left", one, List.of(), Facts.NONE, new Action.Finish()),
                of(
                        "applications before the sandbox",
                        two,
                        List.of(state(BOX, running(0)), state("log", running(1))),
                        Facts.NONE,
                        new Action.Remove("log", "id-log", grace)),
                of(
                        "the sandbox last",
                        two,
                        List.of(state(BOX, running(0))),
                        Facts.NONE,
                        new Action.Remove(BOX, "id-POD", Duration.ZERO)));
    }

    private static Arguments of(
            String what, Pod pod, List<ContainerState> shown, Facts facts, Action... follows) {
        return Arguments.of(what, pod, shown, facts, List.of(follows));
    }

    private static Action fetch() {
        return new Action.Fetch("web");
    }

    private static Facts fetching(String container) {
        return new Facts(Map.of(), Map.of(container, ""), Set.of(), Set.of(), Map.of(), "");
    }

    private static Facts ready(String container) {
        return new Facts(Map.of(), Map.of(), Set.of(container), Set.of(), Map.of(), "");
    }

    private static Facts busy(String container) {
        return new Facts(Map.of(), Map.of(), Set.of(container), Set.of(container), Map.of(), "");
    }

    private static Facts known(String container) {
        var track = Track.NEW.seen(state(container, running(0)));
        return new Facts(Map.of(container, track), Map.of(), Set.of(), Set.of(), Map.of(), "");
    }

    private static Facts troubled(String container, String reason, int secondsAgo) {
        var track = Track.NEW.failed(reason, "no", NOW.minusSeconds(secondsAgo));
        return new Facts(Map.of(container, track), Map.of(), Set.of(), Set.of(), Map.of(), "");
    }
}
