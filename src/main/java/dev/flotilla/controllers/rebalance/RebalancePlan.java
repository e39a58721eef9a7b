package dev.flotilla.controllers.rebalance;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// What rebalancing does next, decided without touching anything. All that it remembers it reads
/// off the pods: when which of them moved.
///
/// @param takers the nodes that a pod could be placed on now
/// @param budgets why no pod of a budget that selects this pod may go now, in words
record RebalancePlan(
        List<App> apps,
        Machines machines,
        Function<Pod, Set<String>> takers,
        Function<Pod, Optional<String>> budgets,
        Instant now) {
    /// So long an app has to be as it is before one of its pods moves.
    static final Duration CALM = Duration.ofMinutes(1);

    /// So long after one move began the next may begin.
    static final Duration BETWEEN = Duration.ofSeconds(30);

    /// So long a move may last; then it is called off.
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /// So long a pod that moved, or could not, stays.
    static final Duration STAY = Duration.ofMinutes(10);

    sealed interface Step {
        record Begin(Move move) implements Step {}

        /// Take the marks of a move away.
        record CallOff(Pod pod, String why) implements Step {}

        /// @param delay until something may be done though nothing changes
        record Rest(Optional<Duration> delay) implements Step {}
    }

    Step next() {
        var moving = pods().filter(p -> moving(p) && movedAt(p).isPresent()).findFirst();
        if (moving.isPresent()) {
            var left = left(moving.get(), PATIENCE);
            return left.isPositive()
                    ? new Step.Rest(Optional.of(left))
                    : new Step.CallOff(
                            moving.get(),
                            "its replacement was not available after %d minutes"
                                    .formatted(PATIENCE.toMinutes()));
        }
        var waits = new ArrayList<Duration>();
        machines.untilSteady().ifPresent(waits::add);
        var calm = new ArrayList<App>();
        for (var app : free(apps)) {
            var unrest = app.unrest(CALM, now);
            if (unrest.isZero()) {
                calm.add(app);
            } else {
                waits.add(unrest);
            }
        }
        var move = balance(apps, true).move(calm);
        var cooling = pods().map(p -> left(p, BETWEEN)).max(Duration::compareTo);
        if (move.isPresent() && !cooling.filter(Duration::isPositive).isPresent()) {
            return new Step.Begin(move.get());
        }
        if (move.isPresent()) {
            cooling.ifPresent(waits::add);
        }
        pods().map(p -> left(p, STAY)).filter(Duration::isPositive).forEach(waits::add);
        return new Step.Rest(waits.stream().min(Duration::compareTo));
    }

    /// The moves that would follow if nothing else changed, each nodes' room taken as it is now.
    List<Move> ahead(int most) {
        var moves = new ArrayList<Move>();
        var then = new ArrayList<>(apps);
        while (moves.size() < most) {
            var next = balance(then, false).move(free(then));
            if (next.isEmpty()) {
                break;
            }
            moves.add(next.get());
            then.replaceAll(app -> moved(app, next.get()));
        }
        return moves;
    }

    /// The apps that lie unevenly and must stay, with why.
    Map<String, String> held() {
        var balance = balance(apps, false);
        var held = new TreeMap<String, String>();
        for (var app : apps) {
            if (balance.skew(app) > 1) {
                app.obstacle()
                        .or(() -> app.pods().stream().flatMap(p -> fixed(p).stream()).findFirst())
                        .ifPresent(why -> held.put(app.name(), why));
            }
        }
        return held;
    }

    private Balance balance(List<App> apps, boolean patient) {
        return new Balance(
                patient ? machines.steady() : machines.open(),
                machines.joined(patient ? machines.steady() : machines.open()),
                Balance.crowds(apps),
                takers,
                p -> fixed(p).isEmpty() && !(patient && left(p, STAY).isPositive()));
    }

    private static List<App> free(List<App> apps) {
        return apps.stream().filter(a -> a.obstacle().isEmpty()).toList();
    }

    /// Why this pod can't move, in words.
    private Optional<String> fixed(Pod pod) {
        if (Apps.optedOut(pod)) {
            return Optional.of("its pods have the annotation " + Marks.REBALANCE + ": \"false\"");
        }
        return pod.getSpec().getVolumes().stream().anyMatch(RebalancePlan::stays)
                ? Optional.of("its pods keep data on their node or in a claim")
                : budgets.apply(pod);
    }

    private static boolean stays(Volume volume) {
        return volume.getPersistentVolumeClaim() != null
                || volume.getHostPath() != null
                || volume.getEphemeral() != null;
    }

    private static App moved(App app, Move move) {
        var pods = new ArrayList<Pod>();
        for (var pod : app.pods()) {
            pods.add(
                    Objects.equals(pod.getMetadata().getUid(), move.pod().getMetadata().getUid())
                            ? new PodBuilder(pod)
                                    .editSpec()
                                    .withNodeName(move.to())
                                    .endSpec()
                                    .build()
                            : pod);
        }
        return new App(app.name(), pods, app.wanted(), app.refusal());
    }

    private Stream<Pod> pods() {
        return apps.stream().flatMap(a -> a.pods().stream());
    }

    private static boolean moving(Pod pod) {
        return Owners.notes(pod).containsKey(Marks.MOVE_TO);
    }

    private Duration left(Pod pod, Duration after) {
        return movedAt(pod)
                .map(at -> Duration.between(now, at.plus(after)))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    private static Optional<Instant> movedAt(Pod pod) {
        return PodState.time(Owners.notes(pod).get(Marks.REBALANCED));
    }
}
