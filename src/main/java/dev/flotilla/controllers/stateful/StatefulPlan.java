package dev.flotilla.controllers.stateful;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.controllers.owner.Restraint;
import dev.flotilla.controllers.revision.History;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// What a StatefulSet is to do about its pods, decided without touching anything. Ordered sets do
/// one thing at a time; parallel ones scale all at once. Both roll one pod at a time, or as many as
/// `maxUnavailable` says, the last first.
///
/// @param pods those it controls and that bear a name of its own
/// @param current the revision that most pods had before the update
/// @param update the revision of the template of now
record StatefulPlan(StatefulSet set, List<Pod> pods, String current, String update, Instant now) {

    sealed interface Action {
        /// Make the pod of this place.
        ///
        /// @param revision of which template
        record Make(Member member, String revision) implements Action {}

        /// @param condemned whether its place goes with it
        record Remove(Pod pod, boolean condemned) implements Action {}
    }

    List<Action> actions() {
        var actions = new ArrayList<Action>();
        if (Owners.leaving(set)) {
            return actions;
        }
        if (!fill(actions) || !shrink(actions)) {
            return actions;
        }
        if (actions.isEmpty()) {
            roll(actions);
        }
        return actions;
    }

    /// Makes what is missing and takes away what has ended.
    ///
    /// @return false when the rest has to wait for it
    private boolean fill(List<Action> actions) {
        for (int ordinal = start(); ordinal < end(); ordinal++) {
            var pod = at(ordinal);
            if (pod.isEmpty()) {
                var revision = ordinal < partition() ? current : update;
                actions.add(new Action.Make(new Member(set, ordinal), revision));
            } else if (PodState.over(pod.get())
                    && !Owners.leaving(pod.get())
                    && Restraint.left(pod.get(), now).isZero()) {
                actions.add(new Action.Remove(pod.get(), false));
            }
            if (ordered() && pod.filter(this::available).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /// Takes away the places that are too many, the last first.
    private boolean shrink(List<Action> actions) {
        var condemned =
                pods.stream()
                        .filter(p -> ordinal(p) < start() || ordinal(p) >= end())
                        .sorted(Comparator.comparingInt(this::ordinal).reversed())
                        .toList();
        for (var pod : condemned) {
            if (!Owners.leaving(pod)) {
                actions.add(new Action.Remove(pod, true));
            }
            if (ordered()) {
                return false;
            }
        }
        return true;
    }

    /// From the last place down, so many at a time as may be unavailable. An old pod that is
    /// unavailable anyway costs nothing, but in its turn.
    private void roll(List<Action> actions) {
        if (!rolls()) {
            return;
        }
        int most = mostUnavailable();
        int unavailable = unavailable();
        int passed = 0;
        for (int ordinal = end() - 1;
                ordinal >= Math.max(start(), partition()) && passed < most;
                ordinal--) {
            var pod = at(ordinal);
            boolean there = pod.filter(this::available).isPresent();
            boolean old =
                    pod.filter(p -> !Owners.leaving(p) && !History.hash(p).equals(update))
                            .isPresent();
            boolean goes = old && (!there || unavailable < most);
            if (goes) {
                actions.add(new Action.Remove(pod.get(), false));
                unavailable += there ? 1 : 0;
            }
            passed += goes || !there ? 1 : 0;
        }
    }

    private int unavailable() {
        return (int)
                IntStream.range(start(), end())
                        .filter(o -> at(o).filter(this::available).isEmpty())
                        .count();
    }

    /// Percents are of the replicas, rounded down; at least one.
    private int mostUnavailable() {
        var strategy = set.getSpec().getUpdateStrategy();
        var rolling = strategy == null ? null : strategy.getRollingUpdate();
        var said = rolling == null ? null : rolling.getMaxUnavailable();
        if (said == null) {
            return 1;
        }
        var share = said.getStrVal();
        long most =
                share == null
                        ? said.getIntVal()
                        : Long.parseLong(share.substring(0, share.length() - 1))
                                * (end() - start())
                                / 100;
        return (int) Math.max(1, most);
    }

    StatefulSetStatus status() {
        var before = Objects.requireNonNullElseGet(set.getStatus(), StatefulSetStatus::new);
        int all = count(_ -> true);
        int updated = count(p -> History.hash(p).equals(update));
        int ready = count(PodState::ready);
        boolean done =
                rolls()
                        && partition() <= start()
                        && updated == all
                        && ready == all
                        && all == end() - start();
        int now = count(p -> History.hash(p).equals(done ? update : current));
        return new StatefulSetStatusBuilder()
                .withReplicas(all)
                .withReadyReplicas(ready == 0 ? null : ready)
                .withAvailableReplicas(count(this::available))
                .withCurrentReplicas(now == 0 ? null : now)
                .withUpdatedReplicas(updated == 0 ? null : updated)
                .withCurrentRevision(done ? update : current)
                .withUpdateRevision(update)
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withCollisionCount(Objects.requireNonNullElse(before.getCollisionCount(), 0))
                .withConditions(before.getConditions())
                .build();
    }

    /// When the next pod becomes available by waiting alone, or one that failed may be replaced.
    Optional<Duration> again() {
        return Restraint.sooner(PodState.untilNextAvailable(pods, minReady(), now), pods, now);
    }

    private int count(Predicate<Pod> test) {
        return (int) pods.stream().filter(PodState::active).filter(test).count();
    }

    private Optional<Pod> at(int ordinal) {
        return pods.stream().filter(p -> ordinal(p) == ordinal).findFirst();
    }

    private int ordinal(Pod pod) {
        return Member.ordinal(set, pod);
    }

    private boolean available(Pod pod) {
        return PodState.active(pod) && PodState.available(pod, minReady(), now);
    }

    private int minReady() {
        return Objects.requireNonNullElse(set.getSpec().getMinReadySeconds(), 0);
    }

    private boolean ordered() {
        return !"Parallel".equals(set.getSpec().getPodManagementPolicy());
    }

    private boolean rolls() {
        var strategy = set.getSpec().getUpdateStrategy();
        return strategy == null || !"OnDelete".equals(strategy.getType());
    }

    int start() {
        var ordinals = set.getSpec().getOrdinals();
        return ordinals == null ? 0 : Objects.requireNonNullElse(ordinals.getStart(), 0);
    }

    int end() {
        return start() + Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
    }

    /// Places before it keep their template.
    private int partition() {
        var strategy = set.getSpec().getUpdateStrategy();
        var rolling = strategy == null ? null : strategy.getRollingUpdate();
        return start()
                + (rolling == null ? 0 : Objects.requireNonNullElse(rolling.getPartition(), 0));
    }
}
