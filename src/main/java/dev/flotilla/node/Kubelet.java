package dev.flotilla.node;

import dev.flotilla.cluster.Loop;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime.Happening;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.ContainerRuntime.Subscription;
import dev.flotilla.node.health.Health;
import dev.flotilla.node.health.Heart;
import dev.flotilla.node.health.NodeObject;
import dev.flotilla.node.image.PodLogins;
import dev.flotilla.node.image.SharedPulls;
import dev.flotilla.node.memory.Memories;
import dev.flotilla.node.memory.Observed;
import dev.flotilla.node.memory.PodMemory;
import dev.flotilla.node.net.Addresses;
import dev.flotilla.node.net.Cidr;
import dev.flotilla.node.plan.ContainerSpecs;
import dev.flotilla.node.plan.ContainerSpecs.Host;
import dev.flotilla.node.plan.PodPlan;
import dev.flotilla.node.plan.Wanted;
import dev.flotilla.node.probe.Prober;
import dev.flotilla.node.status.PodStatuses;
import dev.flotilla.node.stream.NodeStreams;
import dev.flotilla.node.sync.ImageFetch;
import dev.flotilla.node.sync.Leftovers;
import dev.flotilla.node.sync.Looks;
import dev.flotilla.node.sync.PodActions;
import dev.flotilla.node.sync.PodSync;
import dev.flotilla.node.sync.PodTasks;
import dev.flotilla.node.sync.Wills;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// One node: its heartbeat, its figures, and the loop that tends its pods.
///
/// Owns no thread. Whoever owns it calls [#tick] a few times a second and steps or starts [#loop];
/// what may take long goes to the executor, so a node that does not answer holds up nothing.
final class Kubelet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
    private static final Duration SAMPLE = Duration.ofSeconds(2);

    /// Events tell what happens at once; this finds what they missed. It tells of every container
    /// in full, so it is what a node at rest costs most.
    private static final Duration RELIST = Duration.ofMinutes(5);

    private static final Duration UPKEEP = Duration.ofMinutes(1);

    /// As often as Kubernetes' nodes look at what is short.
    private static final Duration PRESSURE = Duration.ofSeconds(10);

    private static final Duration LEASE = Duration.ofSeconds(10);

    private final KubeletContext context;
    private final ContainerRuntime runtime;
    private final Executor executor;
    private final Observed observed;
    private final Memories memories = new Memories();
    private final Addresses addresses;
    private final ContainerSpecs specs;
    private final PodActions actions;
    private final Prober prober;
    private final Loop loop;
    private final Heart heart;
    private final Periodic sampling;
    private final Periodic relisting;
    private final Periodic leasing;
    private final Periodic sweeping;
    private final Periodic listing;
    private final Periodic pressing;
    private final Periodic storing;
    private final Room room;
    private final Leftovers leftovers;
    private final AtomicBoolean returning = new AtomicBoolean();
    private volatile NodeObject node;
    private volatile boolean answering;
    private volatile Health told = Health.READY;
    private volatile @Nullable Sample lastSample;

    /// Used by one renewal at a time.
    private Optional<Lease> lease = Optional.empty();

    private @Nullable Subscription subscription;

    Kubelet(KubeletContext context, NodeObject node, ContainerRuntime runtime, Executor executor) {
        var now = context.time().instant();
        this.context = context;
        this.node = node;
        this.runtime = runtime;
        this.executor = executor;
        this.observed = new Observed(runtime, context.clusterId());
        this.addresses = new Addresses(Cidr.parse(node.cidr()));
        this.specs =
                new ContainerSpecs(
                        context.clusterId(), host(node, context.config()), context.lookup());
        this.actions =
                new PodActions(
                        runtime,
                        context.cluster(),
                        specs,
                        addresses,
                        fetch(context, runtime),
                        context.events(),
                        context.time(),
                        this::wanted);
        this.prober = new Prober(runtime, executor, context.events(), context.time(), this::mark);
        this.room = new Room(context, node, runtime, observed);
        this.loop = new Loop("kubelet-" + node.name(), sync(), context.informers(), context.time());
        this.heart = new Heart(now);
        this.sampling = new Periodic(SAMPLE, now);
        this.relisting = new Periodic(RELIST, now.plus(RELIST));
        this.leasing = new Periodic(LEASE, now);
        this.sweeping = new Periodic(UPKEEP, now.plus(UPKEEP));
        this.listing = new Periodic(UPKEEP, now);
        this.pressing = new Periodic(PRESSURE, now.plus(SAMPLE));
        this.storing = new Periodic(UPKEEP, now.plus(UPKEEP));
        this.leftovers = new Leftovers(runtime, context.cluster(), context.clusterId(), memories);
    }

    /// Readies the node and takes over what runs there.
    ///
    /// @throws RuntimeUnavailable if the engine does not answer; may be called again
    void begin() {
        observe();
        if (subscription == null) {
            subscription = runtime.onEvent(this::happened);
        }
        context.writes().put(node, Health.READY);
        answering = true;
    }

    Loop loop() {
        return loop;
    }

    ContainerRuntime runtime() {
        return runtime;
    }

    void imagesChanged() {
        listing.soon(context.time().instant());
    }

    /// What flows to and from the node's pods.
    NodeStreams streams() {
        return new NodeStreams(runtime.streams(), context.pods()::get, observed, memories);
    }

    void mark(ObjectKey pod) {
        loop.mark(pod);
    }

    void configChanged(String namespace) {
        memories.configChanged(namespace, loop::mark);
    }

    /// Does what is due; never waits for the engine.
    void tick() {
        var now = context.time().instant();
        if (heart.beats(now)) {
            executor.execute(this::beat);
        }
        judge(heart.silent(now));
        if (answering) {
            prober.tick();
            every(sampling, now, this::sample);
            every(relisting, now, this::relist);
            every(sweeping, now, leftovers::sweep);
            every(leasing, now, this::renew);
            every(listing, now, () -> room.listImages(lastSample));
            every(pressing, now, () -> room.lookAtPressure(lastSample));
            every(storing, now, room::lookAtStorage);
        }
    }

    /// Stops tending; containers go on. The runtime stays its owner's.
    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
        loop.close();
    }

    private ImageFetch fetch(KubeletContext context, ContainerRuntime runtime) {
        return new ImageFetch(
                runtime,
                new SharedPulls(runtime::pull, context.time()),
                new PodLogins(context.lookup(), context.config().logins()),
                context.config().sandboxImages(),
                context.events(),
                context.time(),
                this::mark);
    }

    private PodSync sync() {
        return new PodSync(
                node.name(),
                context.cluster(),
                context.pods(),
                observed,
                memories,
                addresses,
                new PodStatuses(engine(), node.info().address()),
                new PodTasks(executor, this::loop, observed, () -> actions),
                prober,
                new Wills(runtime, context.clusterId()),
                new Looks(),
                context.events(),
                pod -> Wanted.of(pod, () -> specs.volumes(pod)),
                room::refusal,
                context.time(),
                context.rush(),
                () -> answering);
    }

    private void beat() {
        var begun = context.time().instant();
        heart.begun(begun);
        try {
            runtime.ping();
            heart.answered(begun, context.time().instant());
        } catch (RuntimeException e) {
            heart.missed(begun);
            LOG.debug("node {}: no answer to a heartbeat: {}", node.name(), e.getMessage());
        }
    }

    private void judge(boolean silent) {
        if (silent) {
            if (answering) {
                answering = false;
                LOG.warn("node {} does not answer", node.name());
                markAll();
            }
            tell(Health.silent("the node does not answer"));
        } else if (!answering && returning.compareAndSet(false, true)) {
            executor.execute(this::comeBack);
        }
    }

    /// Nothing is judged by what was known before: everything is asked for anew.
    private void comeBack() {
        try {
            var before = node.info().bootId();
            node = node.with(runtime.info());
            if (!before.equals(node.info().bootId())) {
                memories.displaced();
            }
            observe();
            context.writes().put(node, Health.READY);
            told = Health.READY;
            room.forgotten();
            lastSample = null;
            answering = true;
            LOG.info("node {} answers again", node.name());
            markAll();
        } catch (RuntimeUnavailable e) {
            LOG.debug("node {} is not back yet: {}", node.name(), e.getMessage());
        } finally {
            returning.set(false);
        }
    }

    private void tell(Health health) {
        if (!told.equals(health)) {
            context.writes().health(node.name(), health);
            told = health;
        }
    }

    private void observe() {
        runtime.ensureNetwork(new PodNetwork(node.cidr(), context.config().clusterCidr()));
        relist();
        for (var pod : context.podsOn(node.name())) {
            var ip = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
            if (ip != null && !PodPlan.isOver(pod)) {
                addresses.seen(pod.getMetadata().getUid(), ip);
            }
        }
    }

    private void relist() {
        var seen = observed.relist();
        addresses.seen(seen.all(), context.clusterId());
        for (var state : seen.all()) {
            if (PodLabels.of(state, PodLabels.CLUSTER).equals(context.clusterId())) {
                memories.of(PodLabels.pod(state), PodLabels.uid(state));
            }
        }
        seen.changed().forEach(loop::mark);
    }

    /// Somebody may have deleted the Node; it is there for as long as its machine is attached.
    private void renew() {
        if (context.nodes().get(ObjectKey.of(node.name())).isEmpty()) {
            context.writes().put(node, Health.READY);
        }
        lease = context.writes().renewLease(node.name(), lease);
    }

    private void sample() {
        var now = runtime.sample();
        var before = lastSample;
        lastSample = now;
        if (before != null && now.time().isAfter(before.time())) {
            context.use().accept(Rates.between(node.name(), before, now, observed.byContainerId()));
        }
    }

    private void happened(Happening happening) {
        var uid = happening.podUid();
        if (uid.isEmpty()) {
            relisting.soon(context.time().instant());
            return;
        }
        observed.stale(uid);
        var death = happening.death();
        var memory = memories.find(uid);
        if (death != null) {
            memory.ifPresent(m -> m.died(death));
        } else if (memory.filter(PodMemory::isMaking).isPresent()) {
            return; // it is looked at when that is done
        }
        memories.nameOf(uid).ifPresent(loop::mark);
    }

    private void every(Periodic periodic, Instant now, Runnable work) {
        if (periodic.begin(now)) {
            executor.execute(
                    () -> {
                        try {
                            work.run();
                        } catch (RuntimeUnavailable e) {
                            LOG.debug("node {}: {}", node.name(), e.getMessage());
                        } catch (RuntimeException e) {
                            LOG.warn("node {}: tried again at its next turn", node.name(), e);
                        } finally {
                            periodic.done();
                        }
                    });
        }
    }

    /// Has every pod of the node looked at.
    void markAll() {
        context.podsOn(node.name()).forEach(pod -> loop.mark(ObjectKey.of(pod)));
        memories.names().forEach(loop::mark);
    }

    private boolean wanted(Pod pod) {
        return context.pods()
                .get(ObjectKey.of(pod))
                .filter(this::isHere)
                .filter(p -> p.getMetadata().getUid().equals(pod.getMetadata().getUid()))
                .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
                .isPresent();
    }

    private boolean isHere(Pod pod) {
        return node.name().equals(pod.getSpec().getNodeName());
    }

    private static Host host(NodeObject node, NodeConfig config) {
        var info = node.info();
        return new Host(
                info.address(),
                info.cpus() * 1000L,
                info.memoryBytes(),
                info.appArmor(),
                config.podPids());
    }

    private String engine() {
        return node.info().runtimeVersion().replaceFirst("://.*$", "");
    }
}
