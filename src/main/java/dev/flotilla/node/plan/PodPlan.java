package dev.flotilla.node.plan;

import dev.flotilla.node.ContainerSpec.Restart;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.Shape;
import dev.flotilla.node.memory.Facts;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is to be done next for one pod, decided from what its spec says, what the engine shows and
/// what the kubelet remembers. A container that is busy is left alone until it no longer is.
public final class PodPlan {
    private final Pod pod;
    private final List<ContainerState> containers;
    private final Facts facts;
    private final Wanted wanted;
    private final Instant now;
    private final List<Action> actions = new ArrayList<>();

    private PodPlan(
            Pod pod, List<ContainerState> containers, Facts facts, Wanted wanted, Instant now) {
        this.pod = pod;
        this.containers = containers;
        this.facts = facts;
        this.wanted = wanted;
        this.now = now;
    }

    /// What is to be done for a pod now.
    public static List<Action> of(
            Pod pod, List<ContainerState> containers, Facts facts, Wanted wanted, Instant now) {
        return new PodPlan(pod, containers, facts, wanted, now).plan();
    }

    /// For containers whose pod the API does not have on this node.
    public static List<Action> leave(List<ContainerState> containers, Facts facts) {
        return containers.stream()
                .filter(c -> !facts.busy().contains(PodLabels.container(c)))
                .<Action>map(c -> new Action.Remove(PodLabels.container(c), c.id(), Duration.ZERO))
                .toList();
    }

    /// Whether all its work is done and it runs no more.
    public static boolean isOver(Pod pod) {
        var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    private List<Action> plan() {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            new Departure(pod, containers, facts, now).deleted().forEach(this::add);
        } else if (isOver(pod)) {
            new Departure(pod, containers, facts, now).over().forEach(this::add);
        } else if (Unsupported.refusal(pod).isEmpty()) {
            removeStrangers();
            boolean placed = place();
            if (!placed && wanted.missing() != null) {
                return List.copyOf(actions);
            }
            int begun = actions.size(); // images are fetched while volumes are made ready
            if (Shape.hasSandbox(pod)) {
                inSandbox();
            } else {
                pod.getSpec().getContainers().forEach(c -> tend(c, ""));
            }
            new Visits(pod, containers, facts).next().forEach(a -> whenDue(a.container(), a));
            if (!placed) {
                actions.subList(begun, actions.size()).removeIf(a -> !(a instanceof Action.Fetch));
            }
        }
        return List.copyOf(actions);
    }

    /// @return false as long as the pod's volumes were never made ready
    private boolean place() {
        if (wanted.equals(Wanted.NOTHING)) {
            return true;
        }
        boolean never = facts.placed().isEmpty();
        if (wanted.missing() != null ? never : !wanted.digest().equals(facts.placed())) {
            whenDue(PodLabels.VOLUMES, new Action.Prepare(wanted.digest()));
        }
        return !never;
    }

    /// Containers that the spec does not name.
    private void removeStrangers() {
        for (var state : containers) {
            boolean known =
                    PodLabels.isSandbox(state)
                            ? Shape.hasSandbox(pod)
                            : Shape.container(pod, PodLabels.container(state)).isPresent();
            if (!known) {
                remove(state, grace());
            }
        }
    }

    /// A sandbox that was made or started anew has a new network: what joined the old one is
    /// stranded in it.
    private void inSandbox() {
        var sandbox = sandbox();
        if (sandbox.isEmpty()) {
            for (var state : containers) {
                remove(state, Duration.ZERO);
            }
            if (containers.isEmpty() && facts.busy().isEmpty()) {
                whenDue(PodLabels.SANDBOX, new Action.MakeSandbox());
            }
            return;
        }
        var state = sandbox.get();
        switch (state.phase()) {
            case Phase.Running(var since) -> inRunningSandbox(state.id(), since);
            case Phase.Restarting _ -> {}
            case Phase.Created _ ->
                    whenDue(
                            PodLabels.SANDBOX,
                            new Action.Start(PodLabels.SANDBOX, state.id(), false));
            case Phase.Exited _ ->
                    whenDue(
                            PodLabels.SANDBOX,
                            new Action.Start(PodLabels.SANDBOX, state.id(), true));
        }
    }

    /// One init container after the other; the rest when all of them are done, or were once.
    private void inRunningSandbox(String sandboxId, Instant since) {
        boolean begun = pod.getSpec().getContainers().stream().anyMatch(this::wasMade);
        for (var container : pod.getSpec().getInitContainers()) {
            if (Shape.isSidecar(container)) {
                tendInSandbox(container, sandboxId, since);
                if (!begun && !isUp(container)) {
                    return;
                }
            } else if (!begun && !isDone(container)) {
                tend(container, sandboxId);
                return;
            }
        }
        boolean greeted = true;
        for (var container : pod.getSpec().getContainers()) {
            if (greeted || find(container.getName()) != null) {
                tendInSandbox(container, sandboxId, since);
            }
            greeted &= !isAwaited(container);
        }
    }

    /// Whether those after it in the pod wait for its first `postStart`.
    private boolean isAwaited(Container container) {
        var track = facts.track(container.getName());
        return Shape.hasPostStart(container)
                && track.trouble() == null
                && track.lastEnding() == null
                && (track.starting() || find(container.getName()) == null);
    }

    private void tendInSandbox(Container container, String sandboxId, Instant since) {
        var state = find(container.getName());
        if (state != null
                && state.phase() instanceof Phase.Running(var began)
                && began.isBefore(since)) {
            add(new Action.Restart(container.getName(), state.id(), grace()));
        } else {
            tend(container, sandboxId);
        }
    }

    private boolean wasMade(Container container) {
        return find(container.getName()) != null
                || !facts.track(container.getName()).containerId().isEmpty();
    }

    private boolean isUp(Container sidecar) {
        var state = find(sidecar.getName());
        return state != null
                && state.phase() instanceof Phase.Running
                && !facts.track(sidecar.getName()).starting()
                && facts.vital(sidecar.getName()).started();
    }

    private boolean isDone(Container container) {
        var state = find(container.getName());
        if (state != null) {
            return state.phase() instanceof Phase.Exited(var code, _, _, _) && code == 0;
        }
        var last = facts.track(container.getName()).lastEnding();
        return last != null && last.exitCode() == 0;
    }

    private void tend(Container container, String sandboxId) {
        var name = container.getName();
        var state = find(name);
        if (state == null) {
            if (!over(container)) {
                whenDue(name, next(name, sandboxId));
            }
            return;
        }
        var hash = ContainerSpecs.hash(container);
        if (!PodLabels.of(state, PodLabels.HASH).equals(hash)) {
            remove(state, grace());
            return;
        }
        switch (state.phase()) {
            case Phase.Created _ -> whenDue(name, new Action.Start(name, state.id(), false));
            case Phase.Exited(var code, _, _, _) -> {
                if (runsAgain(container, code) && !isHeld(container)) {
                    whenDue(name, new Action.Start(name, state.id(), true));
                }
            }
            case Phase.Running _ -> {
                if (facts.track(name).starting()) {
                    greet(name, state);
                } else {
                    endIfCondemned(container, state);
                }
            }
            case Phase.Restarting _ -> {}
        }
    }

    private void greet(String name, ContainerState state) {
        if (!facts.track(name).hooking()) {
            add(new Action.Greet(name, state.id()));
        }
    }

    /// Whether it waits between two runs, or something of the last one is not done.
    private boolean isHeld(Container container) {
        var track = facts.track(container.getName());
        var at = track.startsAt(Shape.hasPostStart(container));
        return track.hooking() || (at != null && now.isBefore(at));
    }

    /// Its probes gave it up.
    private void endIfCondemned(Container container, ContainerState state) {
        var why = facts.vital(container.getName()).condemned();
        if (!why.isEmpty()) {
            boolean again = Shape.restart(pod, container) != Restart.NEVER;
            var probe =
                    why.contains("startup")
                            ? container.getStartupProbe()
                            : container.getLivenessProbe();
            var own = probe == null ? null : probe.getTerminationGracePeriodSeconds();
            boolean leaving = pod.getMetadata().getDeletionGracePeriodSeconds() != null;
            var grace = own == null || leaving ? grace() : Duration.ofSeconds(own);
            add(new Action.Condemn(container.getName(), state.id(), grace, why, again));
        }
    }

    private Action next(String name, String sandboxId) {
        return facts.imageReady().contains(name)
                ? new Action.Make(name, sandboxId)
                : new Action.Fetch(name);
    }

    /// A container that ended for good and was removed since, or that must never run twice.
    private boolean over(Container container) {
        var track = facts.track(container.getName());
        if (track.containerId().isEmpty()) {
            return false;
        }
        var last = track.lastEnding();
        return Shape.restart(pod, container) == Restart.NEVER
                || (last != null && !runsAgain(container, last.exitCode()));
    }

    private boolean runsAgain(Container container, int exitCode) {
        return switch (Shape.restart(pod, container)) {
            case ALWAYS -> true;
            case ON_FAILURE -> exitCode != 0;
            case NEVER -> false;
        };
    }

    private void whenDue(String container, Action action) {
        var trouble = facts.track(container).trouble();
        if (trouble == null || !now.isBefore(trouble.retryAt())) {
            add(action);
        }
    }

    private void remove(ContainerState state, Duration grace) {
        add(Departure.remove(state, grace));
    }

    private void add(Action action) {
        var name = action.container();
        boolean inWork =
                action instanceof Action.Fetch
                        ? facts.fetching().containsKey(name)
                        : facts.busy().contains(name);
        if (!inWork) {
            actions.add(action);
        }
    }

    private Optional<ContainerState> sandbox() {
        return containers.stream().filter(PodLabels::isSandbox).findFirst();
    }

    private @Nullable ContainerState find(String container) {
        return containers.stream()
                .filter(c -> PodLabels.container(c).equals(container))
                .findFirst()
                .orElse(null);
    }

    private Duration grace() {
        return grace(pod);
    }

    /// How long its containers may take to end.
    public static Duration grace(Pod pod) {
        var deletion = pod.getMetadata().getDeletionGracePeriodSeconds();
        var own = pod.getSpec().getTerminationGracePeriodSeconds();
        return Duration.ofSeconds(deletion != null ? deletion : own != null ? own : 30);
    }
}
