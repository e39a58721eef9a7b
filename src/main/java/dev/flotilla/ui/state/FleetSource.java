package dev.flotilla.ui.state;

import static java.util.Objects.requireNonNullElse;

import dev.flotilla.model.Machine;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Follows the API and hands the model a new state whenever something changed, at most ten times a
/// second and never faster than the FX thread takes them. Owns two virtual threads: one that builds
/// states, one that asks for measurements.
public final class FleetSource implements AutoCloseable {
    private static final Duration BETWEEN_STATES = Duration.ofMillis(100);
    private static final Duration BETWEEN_USES = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final FleetModel model;
    private final Executor screen;
    private final InstantSource time;
    private final Semaphore changed = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicReference<UseReader.Uses> uses = new AtomicReference<>(UseReader.Uses.NONE);
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Instant lastAnswer = Instant.EPOCH;

    /// @param screen runs on the thread that owns the scene: `Platform::runLater`
    public FleetSource(
            KubernetesClient client, FleetModel model, Executor screen, InstantSource time) {
        this.client = client;
        this.model = model;
        this.screen = screen;
        this.time = time;
    }

    /// Reads everything once, then follows. Blocks until all is read.
    ///
    /// @throws KubernetesClientException if the API can't be reached or refuses
    public void start() {
        var namespaces = follow(client.namespaces());
        var nodes = follow(client.nodes());
        var pods = follow(client.pods().inAnyNamespace());
        var sets = follow(client.apps().replicaSets().inAnyNamespace());
        var deployments = follow(client.apps().deployments().inAnyNamespace());
        var events = follow(client.v1().events().inAnyNamespace());
        @Nullable SharedIndexInformer<Machine> machines =
                client.supports(Machine.class) ? follow(client.resources(Machine.class)) : null;
        lastAnswer = time.instant();
        changed.release();
        var builder = new StateBuilder();
        threads.add(
                Thread.ofVirtual()
                        .name("fleet-states")
                        .start(
                                () ->
                                        build(
                                                () -> {
                                                    var u = uses.get();
                                                    return builder.build(
                                                            new Raw(
                                                                    time.instant(),
                                                                    all(namespaces),
                                                                    all(nodes),
                                                                    all(pods),
                                                                    all(sets),
                                                                    all(deployments),
                                                                    machines == null
                                                                            ? List.of()
                                                                            : all(machines),
                                                                    all(events),
                                                                    u.nodes(),
                                                                    u.pods()));
                                                })));
        threads.add(Thread.ofVirtual().name("fleet-uses").start(this::measure));
    }

    @Override
    public void close() {
        closing.countDown();
        threads.forEach(Thread::interrupt);
        informers.forEach(SharedIndexInformer::stop);
    }

    private <T extends HasMetadata> SharedIndexInformer<T> follow(Informable<T> all) {
        var informer =
                all.inform(
                        new ResourceEventHandler<T>() {
                            @Override
                            public void onAdd(T object) {
                                changed.release();
                            }

                            @Override
                            public void onUpdate(T before, T now) {
                                changed.release();
                            }

                            @Override
                            public void onDelete(T object, boolean finalStateUnknown) {
                                changed.release();
                            }
                        });
        informers.add(informer);
        return informer;
    }

    private static <T> List<T> all(SharedIndexInformer<T> informer) {
        return informer.getStore().list();
    }

    private void build(Supplier<FleetState> next) {
        var shown = new Semaphore(1);
        try {
            do {
                changed.acquire();
                changed.drainPermits();
                var state = next.get();
                shown.acquire();
                screen.execute(
                        () -> {
                            try {
                                model.accept(state);
                            } finally {
                                shown.release();
                            }
                        });
            } while (!closing.await(BETWEEN_STATES.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measure() {
        var reader = new UseReader(client, time);
        try {
            do {
                Link link;
                try {
                    uses.set(reader.read());
                    lastAnswer = time.instant();
                    link = new Link.Live();
                    changed.release();
                } catch (KubernetesClientException e) {
                    link = new Link.Stale(lastAnswer, why(e));
                }
                var now = link;
                screen.execute(() -> model.accept(now));
            } while (!closing.await(BETWEEN_USES.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String why(KubernetesClientException e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return client.getMasterUrl() + ": " + requireNonNullElse(cause.getMessage(), e.toString());
    }
}
