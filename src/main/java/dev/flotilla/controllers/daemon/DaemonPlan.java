package dev.flotilla.controllers.daemon;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.controllers.owner.Restraint;
import dev.flotilla.controllers.revision.History;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatusBuilder;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What a DaemonSet is to do about its pods, decided without touching anything.
///
/// @param pods those it controls
/// @param hash of the template of now
record DaemonPlan(DaemonSet set, List<Node> nodes, List<Pod> pods, String hash, Instant now) {
    private static final Comparator<Pod> OLDEST =
            Comparator.<Pod>comparingInt(p -> PodState.node(p) == null ? 1 : 0)
                    .thenComparing(p -> p.getMetadata().getCreationTimestamp())
                    .thenComparing(p -> p.getMetadata().getUid());

    /// @param make nodes that get a pod
    record Change(List<String> make, List<Pod> remove) {}

    Change change() {
        var make = new ArrayList<String>();
        var remove = new ArrayList<Pod>();
        if (Owners.leaving(set)) {
            return new Change(make, remove);
        }
        var byNode = byNode();
        for (var node : nodes) {
            var name = node.getMetadata().getName();
            var there = byNode.getOrDefault(name, List.of());
            if (!DaemonPods.mayStay(set, node)) {
                remove.addAll(there);
            } else if (there.isEmpty()) {
                if (DaemonPods.wanted(set, node)) {
                    make.add(name);
                }
            } else {
                tidy(there, remove);
            }
        }
        var known = nodes.stream().map(n -> n.getMetadata().getName()).toList();
        byNode.forEach(
                (node, there) -> {
                    if (!known.contains(node)) {
                        remove.addAll(there);
                    }
                });
        if (rolls()) {
            roll(byNode, make, remove);
        }
        return new Change(
                make, remove.stream().distinct().filter(p -> !Owners.leaving(p)).toList());
    }

    /// Ended pods go; of those that run one stays, or one of each template while it surges.
    private void tidy(List<Pod> there, List<Pod> remove) {
        there.stream()
                .filter(p -> PodState.over(p) && Restraint.left(p, now).isZero())
                .forEach(remove::add);
        var active = there.stream().filter(PodState::active).sorted(OLDEST).toList();
        if (surge() == 0 || !rolls()) {
            active.stream().skip(1).forEach(remove::add);
        } else {
            active.stream().filter(this::updated).skip(1).forEach(remove::add);
            active.stream().filter(p -> !updated(p)).skip(1).forEach(remove::add);
        }
    }

    private void roll(Map<String, List<Pod>> byNode, List<String> make, List<Pod> remove) {
        if (surge() > 0) {
            surge(byNode, make, remove);
            return;
        }
        int unavailable = 0;
        var urgent = new ArrayList<Pod>();
        var candidates = new ArrayList<Pod>();
        for (var node : wantedNodes()) {
            var there = byNode.getOrDefault(node, List.of());
            var old = there.stream().filter(p -> PodState.active(p) && !updated(p)).findFirst();
            if (there.stream().noneMatch(this::available)) {
                unavailable++;
                old.ifPresent(urgent::add);
            } else {
                old.ifPresent(candidates::add);
            }
        }
        remove.addAll(urgent);
        candidates.stream()
                .limit(Math.max(0, unavailableAllowed() - unavailable))
                .forEach(remove::add);
    }

    private void surge(Map<String, List<Pod>> byNode, List<String> make, List<Pod> remove) {
        int surging = 0;
        var candidates = new ArrayList<String>();
        for (var node : wantedNodes()) {
            var there = byNode.getOrDefault(node, List.of());
            var old = there.stream().filter(p -> PodState.active(p) && !updated(p)).findFirst();
            var young = there.stream().filter(p -> !PodState.over(p) && updated(p)).findFirst();
            if (young.isPresent()) {
                surging += there.size() > 1 ? 1 : 0;
                if (available(young.get())) {
                    old.ifPresent(remove::add);
                }
            } else if (old.isPresent() && there.size() == 1) {
                if (available(old.get())) {
                    candidates.add(node);
                } else {
                    make.add(node);
                }
            }
        }
        candidates.stream().limit(Math.max(0, surge() - surging)).forEach(make::add);
    }

    DaemonSetStatus status() {
        var byNode = byNode();
        var wanted = wantedNodes();
        var before = Objects.requireNonNullElseGet(set.getStatus(), DaemonSetStatus::new);
        int available = on(wanted, byNode, this::available);
        return new DaemonSetStatusBuilder()
                .withDesiredNumberScheduled(wanted.size())
                .withCurrentNumberScheduled(on(wanted, byNode, _ -> true))
                .withNumberMisscheduled(
                        (int)
                                byNode.entrySet().stream()
                                        .filter(e -> !wanted.contains(e.getKey()))
                                        .filter(
                                                e ->
                                                        e.getValue().stream()
                                                                .anyMatch(PodState::active))
                                        .count())
                .withNumberReady(on(wanted, byNode, PodState::ready))
                .withNumberAvailable(available == 0 ? null : available)
                .withNumberUnavailable(
                        wanted.size() == available ? null : wanted.size() - available)
                .withUpdatedNumberScheduled(zero(on(wanted, byNode, this::updated)))
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withCollisionCount(before.getCollisionCount())
                .withConditions(before.getConditions())
                .build();
    }

    /// When the next pod becomes available by waiting alone, or one that failed may be replaced.
    Optional<Duration> again() {
        return Restraint.sooner(PodState.untilNextAvailable(pods, minReady(), now), pods, now);
    }

    private static @Nullable Integer zero(int count) {
        return count == 0 ? null : count;
    }

    private static int on(List<String> nodes, Map<String, List<Pod>> byNode, Predicate<Pod> test) {
        return (int)
                nodes.stream()
                        .filter(
                                n ->
                                        byNode.getOrDefault(n, List.of()).stream()
                                                .anyMatch(p -> PodState.active(p) && test.test(p)))
                        .count();
    }

    private List<String> wantedNodes() {
        return nodes.stream()
                .filter(n -> DaemonPods.wanted(set, n))
                .map(n -> n.getMetadata().getName())
                .sorted()
                .toList();
    }

    private Map<String, List<Pod>> byNode() {
        return pods.stream()
                .collect(
                        Collectors.groupingBy(DaemonPods::node, TreeMap::new, Collectors.toList()));
    }

    private boolean updated(Pod pod) {
        return History.hash(pod).equals(hash);
    }

    private boolean available(Pod pod) {
        return PodState.active(pod) && PodState.available(pod, minReady(), now);
    }

    private int minReady() {
        return Objects.requireNonNullElse(set.getSpec().getMinReadySeconds(), 0);
    }

    private boolean rolls() {
        var strategy = set.getSpec().getUpdateStrategy();
        return strategy == null || !"OnDelete".equals(strategy.getType());
    }

    private int surge() {
        var strategy = set.getSpec().getUpdateStrategy();
        var rolling = strategy == null ? null : strategy.getRollingUpdate();
        return rolling == null ? 0 : share(rolling.getMaxSurge(), 0);
    }

    private int unavailableAllowed() {
        var strategy = set.getSpec().getUpdateStrategy();
        var rolling = strategy == null ? null : strategy.getRollingUpdate();
        return rolling == null ? 1 : share(rolling.getMaxUnavailable(), 1);
    }

    /// Percents are of the nodes it wants, rounded up.
    private int share(@Nullable IntOrString said, int unsaid) {
        if (said == null) {
            return unsaid;
        }
        var text = said.getStrVal();
        return text == null
                ? said.getIntVal()
                : (int)
                        Math.ceilDiv(
                                Long.parseLong(text.substring(0, text.length() - 1))
                                        * wantedNodes().size(),
                                100);
    }
}
