package dev.flotilla.controllers;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.controllers.balancer.BalancerLoops;
import dev.flotilla.controllers.collect.EventGc;
import dev.flotilla.controllers.collect.GarbageCollector;
import dev.flotilla.controllers.collect.Namespaces;
import dev.flotilla.controllers.collect.PodGc;
import dev.flotilla.controllers.daemon.DaemonSets;
import dev.flotilla.controllers.deployment.Deployments;
import dev.flotilla.controllers.disruption.Disruptions;
import dev.flotilla.controllers.endpoint.EndpointLoops;
import dev.flotilla.controllers.job.Batch;
import dev.flotilla.controllers.owner.Batches;
import dev.flotilla.controllers.rebalance.Rebalancing;
import dev.flotilla.controllers.replica.ReplicaSets;
import dev.flotilla.controllers.scheduler.PlacementReviews;
import dev.flotilla.controllers.scheduler.SchedulerLoop;
import dev.flotilla.controllers.stateful.StatefulSets;
import dev.flotilla.controllers.upkeep.Upkeep;
import dev.flotilla.controllers.volume.Volumes;
import dev.flotilla.model.NodeUse;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// All loops of this package, wired. They rest until [#start], so that a simulation can take the
/// steps itself.
public final class Controllers implements AutoCloseable {
    /// Loops mostly wait for their writes to be durable, and writes that wait together are made
    /// durable together.
    private static final int WORKERS = 24;

    private final List<Loop> loops;
    private final UnaryOperator<ObjectNode> placementReviews;
    private final UnaryOperator<ObjectNode> rebalanceReviews;

    private Controllers(
            List<Loop> loops,
            UnaryOperator<ObjectNode> placementReviews,
            UnaryOperator<ObjectNode> rebalanceReviews) {
        this.loops = List.copyOf(loops);
        this.placementReviews = placementReviews;
        this.rebalanceReviews = rebalanceReviews;
    }

    /// Subscribes every loop to what it needs; starts none.
    ///
    /// @param executor runs writes that may be made together, and those of events
    /// @param authority the certificate by which the API server is trusted, in PEM; empty where
    ///   there is no server
    public static Controllers all(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            RandomGenerator random,
            Executor executor,
            String authority) {
        return all(
                cluster,
                informers,
                time,
                random,
                executor,
                authority,
                List::of,
                () -> Duration.ZERO);
    }

    /// The same, for a cluster whose nodes are measured.
    ///
    /// @param uses what nodes are seen to use
    /// @param rest how long events should wait, see [Rush]
    public static Controllers all(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            RandomGenerator random,
            Executor executor,
            String authority,
            Supplier<List<NodeUse>> uses,
            Supplier<Duration> rest) {
        var batches = new Batches(executor);
        Function<String, EventRecorder> events =
                component ->
                        new EventRecorder(
                                cluster,
                                time,
                                new SplittableRandom(random.nextLong()),
                                component,
                                executor,
                                rest);
        var scheduler =
                SchedulerLoop.loop(
                        cluster, informers, time, events.apply("default-scheduler"), uses);
        var loops = new ArrayList<Loop>();
        loops.add(
                Deployments.loop(cluster, informers, time, events.apply("deployment-controller")));
        loops.addAll(ReplicaSets.loops(cluster, informers, time, batches, events));
        loops.add(scheduler.loop());
        loops.addAll(GarbageCollector.loops(cluster, informers, time));
        loops.add(Namespaces.loop(cluster, informers, time));
        loops.add(Disruptions.loop(cluster, informers, time));
        loops.add(PodGc.loop(cluster, informers, time));
        loops.add(EventGc.loop(cluster, informers, time));
        loops.addAll(Batch.loops(cluster, informers, time, batches, events));
        loops.add(
                DaemonSets.loop(
                        cluster, informers, time, batches, events.apply("daemonset-controller")));
        loops.add(
                StatefulSets.loop(
                        cluster, informers, time, batches, events.apply("statefulset-controller")));
        var rebalancing =
                Rebalancing.loop(
                        cluster,
                        informers,
                        scheduler.scheduling()::takers,
                        time,
                        events.apply("rebalancer"));
        loops.add(rebalancing.loop());
        loops.addAll(
                Volumes.loops(
                        cluster, informers, time, events.apply("persistentvolume-controller")));
        loops.addAll(EndpointLoops.loops(cluster, informers, time, batches));
        loops.addAll(BalancerLoops.loops(cluster, informers, time));
        loops.addAll(Upkeep.loops(cluster, informers, time, authority));
        return new Controllers(
                loops,
                new PlacementReviews(cluster, informers, scheduler.scheduling()),
                rebalancing.reviews());
    }

    /// Steps every loop on virtual threads until [#close].
    public void start() {
        loops.forEach(loop -> loop.start(WORKERS));
    }

    /// Reconciles one due key of one loop that `random` picks.
    ///
    /// @return whether there was one
    public boolean step(RandomGenerator random) {
        int first = random.nextInt(loops.size());
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get((first + i) % loops.size()).step()) {
                return true;
            }
        }
        return false;
    }

    /// When the next key of any loop is due; empty when all is settled.
    public Optional<Instant> next() {
        return loops.stream().flatMap(l -> l.next().stream()).min(Instant::compareTo);
    }

    /// Answers a PlacementReview: takes one with a spec, gives it back with its status.
    public UnaryOperator<ObjectNode> placementReviews() {
        return placementReviews;
    }

    /// Answers a RebalanceReview: gives it back with its status.
    public UnaryOperator<ObjectNode> rebalanceReviews() {
        return rebalanceReviews;
    }

    @Override
    public void close() {
        loops.forEach(Loop::close);
    }
}
