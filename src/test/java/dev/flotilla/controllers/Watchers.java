package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.deployment.Bounds;
import dev.flotilla.controllers.deployment.Revisions;
import dev.flotilla.controllers.disruption.Disruptions;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.controllers.replica.Replica;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What must hold after every step of a loop, whatever people did and whatever broke before it.
final class Watchers {
    private static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    private static final Quantity NONE = new Quantity("0");

    private final World world;

    /// The most of each app since it was last within its bounds: whoever wants fewer waits until
    /// the pods that are too many have gone.
    private final Map<String, Integer> allowed = new HashMap<>();

    /// The fewest of each app since it last had as many as it promises, and no set of it more than
    /// its size: what was decided before people wanted more may still be done.
    private final Map<String, Integer> floors = new HashMap<>();

    private final Map<String, Integer> replicas = new HashMap<>();
    private final Map<String, Integer> promised = new HashMap<>();
    private final Set<String> surplus = new HashSet<>();
    private final Map<String, Integer> available = new HashMap<>();
    private final Map<String, Integer> healthy = new HashMap<>();
    private final Map<String, String> nodes = new HashMap<>();
    private final Map<String, String> moving = new HashMap<>();
    private final Set<String> victims = new HashSet<>();
    private final Set<String> leaving = new HashSet<>();

    Watchers(World world) {
        this.world = world;
    }

    /// Takes things as they are, before a step.
    void look() {
        replicas.clear();
        promised.clear();
        surplus.clear();
        available.clear();
        healthy.clear();
        nodes.clear();
        moving.clear();
        victims.clear();
        leaving.clear();
        var pods = byApp();
        for (var deployment : world.seen(Deployment.class)) {
            var name = name(deployment);
            var crew = crew(pods, name);
            replicas.put(name, crew.size());
            promised.put(name, promised(name));
            if (sets(name).anyMatch(s -> active(s) > Revisions.size(s))) {
                surplus.add(name);
            }
            if (rescaled(deployment)) {
                floors.put(name, 0);
            }
            available.put(name, available(deployment, crew));
        }
        for (var budget : world.seen(PodDisruptionBudget.class)) {
            healthy.put(budget.getMetadata().getName(), healthy(budget));
        }
        for (var pod : world.seen(Pod.class)) {
            var uid = pod.getMetadata().getUid();
            nodes.put(uid, String.valueOf(PodState.node(pod)));
            if (Ranks.victim(pod)) {
                victims.add(uid);
            }
            if (Owners.leaving(pod)) {
                leaving.add(uid);
            }
            if (Owners.notes(pod).containsKey(Marks.REBALANCED) && !Owners.leaving(pod)) {
                moving.put(uid, pod.getMetadata().getName());
            }
        }
    }

    /// Judges what the step did.
    void judge() {
        var pods = byApp();
        for (var deployment : world.seen(Deployment.class)) {
            inBounds(deployment, crew(pods, name(deployment)));
        }
        for (var pod : world.seen(Pod.class)) {
            fits(pod);
            mattersLess(pod);
        }
        room();
        budgets();
        names();
    }

    private void inBounds(Deployment deployment, List<Replica> crew) {
        var name = name(deployment);
        var bounds = Bounds.of(deployment);
        int before = replicas.getOrDefault(name, 0);
        int most = Math.max(bounds.most(), lastMost(deployment));
        if (Math.max(before, promised.getOrDefault(name, 0)) > most) {
            allowed.merge(name, most, Math::max);
        } else {
            allowed.put(name, most);
        }
        if (crew.size() > before) {
            assertThat(crew.size())
                    .as("pods of " + name + ", before " + before + ": " + lines(name))
                    .isLessThanOrEqualTo(allowed.getOrDefault(name, most));
        }
        int had = available.getOrDefault(name, 0);
        int has = available(deployment, crew) + preempted(name);
        boolean settled = had >= bounds.least() && !surplus.contains(name);
        int floor =
                settled ? bounds.least() : Math.min(bounds.least(), floors.getOrDefault(name, 0));
        floors.put(name, floor);
        boolean recreates = deployment.getSpec().getStrategy().getType().equals("Recreate");
        if (has < had && !recreates) {
            assertThat(has)
                    .as("available pods of " + name + ", before " + had + ": " + lines(name))
                    .isGreaterThanOrEqualTo(floor);
        }
    }

    /// The pods that an app has, and those that its sets are still to make.
    private int promised(String app) {
        return sets(app).mapToInt(s -> Math.max(Revisions.size(s), active(s))).sum();
    }

    private int active(ReplicaSet set) {
        return (int)
                world.seen(Pod.class).stream()
                        .filter(p -> PodState.active(p) && owned(p, set))
                        .count();
    }

    /// Whether people want another number in the middle of a rollout. Then every set gets its share
    /// of it, as in Kubernetes, whatever is available.
    private boolean rescaled(Deployment deployment) {
        var wanted = String.valueOf(deployment.getSpec().getReplicas());
        var sized = sets(name(deployment)).filter(s -> Revisions.size(s) > 0).toList();
        return sized.size() > 1
                && sized.stream().anyMatch(s -> !wanted.equals(Owners.notes(s).get(DESIRED)));
    }

    private static boolean owned(Pod pod, ReplicaSet set) {
        return Owners.controller(pod)
                .filter(o -> o.getUid().equals(set.getMetadata().getUid()))
                .isPresent();
    }

    private Stream<ReplicaSet> sets(String app) {
        return world.seen(ReplicaSet.class).stream()
                .filter(s -> app.equals(Owners.labels(s).get("app")));
    }

    /// How many pods of an app the step took for others that matter more: no Deployment's doing.
    private int preempted(String app) {
        return (int)
                world.seen(Pod.class).stream()
                        .filter(p -> app.equals(Owners.labels(p).get("app")))
                        .filter(p -> Ranks.victim(p) && Owners.leaving(p))
                        .filter(p -> !leaving.contains(p.getMetadata().getUid()))
                        .count();
    }

    private List<String> lines(String app) {
        return world.seen(Pod.class).stream()
                .filter(p -> app.equals(Owners.labels(p).get("app")))
                .map(World::line)
                .toList();
    }

    /// The most that it might have when its sets were sized last: people may want fewer since, and
    /// the sets do not know yet.
    private int lastMost(Deployment deployment) {
        return sets(name(deployment))
                .filter(s -> Revisions.size(s) > 0)
                .map(s -> Owners.notes(s).getOrDefault(Revisions.MAX, "0"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }

    /// A pod that has just got its node could have it.
    private void fits(Pod pod) {
        var node = PodState.node(pod);
        var before = nodes.get(pod.getMetadata().getUid());
        if (node == null || !"null".equals(before)) {
            return;
        }
        var found = world.node(node);
        boolean daemon = Owners.controller(pod, "DaemonSet").isPresent();
        assertThat(found).as("node of " + World.line(pod)).isPresent();
        found.ifPresent(
                n ->
                        assertThat(daemon || !Boolean.TRUE.equals(n.getSpec().getUnschedulable()))
                                .as("cordoned node of " + World.line(pod))
                                .isTrue());
    }

    /// Who has just been told to make room does so for someone that matters more.
    private void mattersLess(Pod pod) {
        if (Ranks.victim(pod) && !victims.contains(pod.getMetadata().getUid())) {
            assertThat(world.seen(Pod.class))
                    .as("who takes the place of " + World.line(pod))
                    .anyMatch(p -> PodState.node(p) == null && Ranks.of(p) > Ranks.of(pod));
        }
    }

    private void room() {
        var used = new HashMap<String, Long>();
        for (var pod : world.seen(Pod.class)) {
            var node = PodState.node(pod);
            if (node != null && !PodState.over(pod)) {
                used.merge(node, millis(pod), Long::sum);
            }
        }
        for (var node : world.seen(Node.class)) {
            var name = node.getMetadata().getName();
            assertThat(used.getOrDefault(name, 0L))
                    .as("used of " + name)
                    .isLessThanOrEqualTo(allocatable(node));
        }
    }

    /// A move of ours that ends takes no pod from a budget that needs it.
    private void budgets() {
        var staying =
                world.seen(Pod.class).stream()
                        .filter(p -> !Owners.leaving(p))
                        .map(p -> p.getMetadata().getUid())
                        .collect(Collectors.toSet());
        if (staying.containsAll(moving.keySet())) {
            return;
        }
        for (var budget : world.seen(PodDisruptionBudget.class)) {
            int desired = Objects.requireNonNullElse(budget.getStatus().getDesiredHealthy(), 0);
            int had = healthy.getOrDefault(budget.getMetadata().getName(), 0);
            int has = healthy(budget);
            if (has < had && had >= desired) {
                assertThat(has)
                        .as("healthy pods of budget " + budget.getMetadata().getName())
                        .isGreaterThanOrEqualTo(desired);
            }
        }
    }

    /// Each place of a StatefulSet is taken once.
    private void names() {
        var taken = new HashSet<String>();
        for (var pod : world.seen(Pod.class)) {
            Optional<ObjectKey> set = Owners.controller(pod, "StatefulSet");
            set.ifPresent(
                    s ->
                            assertThat(
                                            taken.add(
                                                    s
                                                            + " "
                                                            + Owners.labels(pod)
                                                                    .get(
                                                                            "apps.kubernetes.io/pod-index")))
                                    .as("place of " + pod.getMetadata().getName())
                                    .isTrue());
        }
    }

    private int healthy(PodDisruptionBudget budget) {
        return (int)
                world.seen(Pod.class).stream()
                        .filter(p -> !Owners.leaving(p) && PodState.ready(p) && there(p))
                        .filter(p -> Disruptions.selects(budget, p))
                        .count();
    }

    private int available(Deployment deployment, List<Replica> crew) {
        int minReady = Objects.requireNonNullElse(deployment.getSpec().getMinReadySeconds(), 0);
        return (int)
                crew.stream()
                        .filter(r -> r.pods().stream().allMatch(this::there))
                        .filter(r -> r.available(minReady, world.now()))
                        .count();
    }

    /// Its node has not vanished; one that has none yet, such as a replacement, waits for it.
    private boolean there(Pod pod) {
        var node = PodState.node(pod);
        return node == null || world.node(node).isPresent();
    }

    private Map<String, List<Pod>> byApp() {
        return world.seen(Pod.class).stream()
                .collect(Collectors.groupingBy(p -> Owners.labels(p).getOrDefault("app", "")));
    }

    private static List<Replica> crew(Map<String, List<Pod>> pods, String app) {
        return Replica.of(pods.getOrDefault(app, List.of()));
    }

    private static String name(Deployment deployment) {
        return deployment.getMetadata().getName();
    }

    static long allocatable(Node node) {
        return millis(node.getStatus().getAllocatable().getOrDefault("cpu", NONE));
    }

    static long millis(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(c -> c.getResources() != null && c.getResources().getRequests() != null)
                .flatMap(
                        c ->
                                Optional.ofNullable(c.getResources().getRequests().get("cpu"))
                                        .stream())
                .mapToLong(Watchers::millis)
                .sum();
    }

    private static long millis(Quantity quantity) {
        return quantity.getNumericalAmount().movePointRight(3).longValue();
    }
}
