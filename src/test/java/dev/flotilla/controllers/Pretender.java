package dev.flotilla.controllers;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// The nodes of a simulation: starts bound pods, ends deleted ones, one pod a step. A pod whose
/// image is tagged `crash` crashes again and again, one tagged `slow` is never ready, one tagged
/// `rejected` fails at once, one tagged `gone` has no image.
final class Pretender {
    private final Cluster cluster;
    private final Informers informers;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final InstantSource time;
    private final RandomGenerator random;
    private int addresses;

    Pretender(Cluster cluster, InstantSource time, RandomGenerator random) {
        this.cluster = cluster;
        this.informers = new Informers(cluster);
        this.pods = informers.of(Pod.class);
        this.nodes = informers.of(Node.class);
        this.time = time;
        this.random = random;
    }

    /// @return whether there was anything to do
    boolean step() {
        informers.pump();
        var work = pods.all().stream().filter(this::hasWork).toList();
        if (work.isEmpty()) {
            return false;
        }
        var pod = work.get(random.nextInt(work.size()));
        if (Owners.leaving(pod)) {
            cluster.delete(pod, Deletion.NOW);
        } else if (tagged(pod, "crash")) {
            crashLoop(pod);
        } else if (tagged(pod, "gone")) {
            lackImage(pod);
        } else if (tagged(pod, "rejected")) {
            report(pod, "Failed", false);
        } else {
            report(pod, "Running", !tagged(pod, "slow"));
        }
        return true;
    }

    private static boolean tagged(Pod pod, String tag) {
        return pod.getSpec().getContainers().getFirst().getImage().endsWith(":" + tag);
    }

    private void crashLoop(Pod pod) {
        cluster.updateStatus(
                pod,
                new PodBuilder(pod)
                        .editOrNewStatus()
                        .withPhase("Running")
                        .withContainerStatuses()
                        .addNewContainerStatus()
                        .withName("main")
                        .withImage(pod.getSpec().getContainers().getFirst().getImage())
                        .withRestartCount(PodState.restarts(pod) + 1)
                        .withNewState()
                        .withNewWaiting()
                        .withReason("CrashLoopBackOff")
                        .endWaiting()
                        .endState()
                        .withNewLastState()
                        .withNewTerminated()
                        .withExitCode(2)
                        .endTerminated()
                        .endLastState()
                        .endContainerStatus()
                        .endStatus()
                        .build());
    }

    private void lackImage(Pod pod) {
        cluster.updateStatus(
                pod,
                new PodBuilder(pod)
                        .editOrNewStatus()
                        .withPhase("Pending")
                        .withContainerStatuses()
                        .addNewContainerStatus()
                        .withName("main")
                        .withImage(pod.getSpec().getContainers().getFirst().getImage())
                        .withRestartCount(0)
                        .withReady(false)
                        .withNewState()
                        .withNewWaiting()
                        .withReason("ImagePullBackOff")
                        .endWaiting()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build());
    }

    private static boolean knownToLackImage(Pod pod) {
        return pod.getStatus() != null && !pod.getStatus().getContainerStatuses().isEmpty();
    }

    <T extends HasMetadata> Collection<T> seen(Class<T> kind) {
        var informer = informers.of(kind);
        informers.pump();
        return informer.all();
    }

    Optional<Node> node(String name) {
        return nodes.get(ObjectKey.of(name));
    }

    /// A container of some pod crashes; it will be ready again.
    void crashOne() {
        pick(PodState::ready).forEach(p -> report(p, "Running", false));
    }

    /// Some pod ends for good.
    void failOne() {
        pick(p -> PodState.node(p) != null).forEach(p -> report(p, "Failed", false));
    }

    /// Some pod of some job ends.
    ///
    /// @return its uid, if it ended
    List<String> endOne(boolean well) {
        var ended = pick(p -> PodState.node(p) != null && ofJob(p));
        ended.forEach(p -> report(p, well ? "Succeeded" : "Failed", false));
        return ended.stream().map(p -> p.getMetadata().getUid()).toList();
    }

    private static boolean ofJob(Pod pod) {
        return Owners.labels(pod).containsKey("batch.kubernetes.io/job-name");
    }

    private String ip() {
        addresses++;
        return "10.42.%d.%d".formatted(addresses / 250 % 250, addresses % 250 + 1);
    }

    private List<Pod> pick(Predicate<Pod> which) {
        informers.pump();
        var some = pods.all().stream().filter(PodState::active).filter(which).toList();
        return some.isEmpty() ? List.of() : List.of(some.get(random.nextInt(some.size())));
    }

    private boolean hasWork(Pod pod) {
        var node = PodState.node(pod);
        return node != null
                && nodes.get(ObjectKey.of(node)).isPresent()
                && (Owners.leaving(pod)
                        ? !held(pod)
                        : (!PodState.over(pod)
                                && !PodState.ready(pod)
                                && !(tagged(pod, "slow") && PodState.phase(pod).equals("Running"))
                                && !(tagged(pod, "gone") && knownToLackImage(pod))
                                && !(tagged(pod, "crash") && PodState.restarts(pod) >= 3)));
    }

    /// All is stopped, and somebody else has still to let go of it.
    private static boolean held(Pod pod) {
        var grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        return grace != null && grace == 0;
    }

    private void report(Pod pod, String phase, boolean ready) {
        var ip = Optional.ofNullable(pod.getStatus()).map(PodStatus::getPodIP).orElseGet(this::ip);
        cluster.updateStatus(
                pod,
                new PodBuilder(pod)
                        .editOrNewStatus()
                        .withPhase(phase)
                        .withPodIP(ip)
                        .withPodIPs(new PodIP(ip))
                        .removeMatchingFromConditions(c -> c.getType().equals("Ready"))
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus(ready ? "True" : "False")
                        .withLastTransitionTime(time.instant().toString())
                        .endCondition()
                        .endStatus()
                        .build());
    }
}
