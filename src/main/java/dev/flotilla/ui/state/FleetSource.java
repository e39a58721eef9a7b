package dev.flotilla.ui.state;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

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
    private final Followed followed;
    private final Semaphore changed = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicReference<UseReader.Uses> uses = new AtomicReference<>(UseReader.Uses.NONE);
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile Instant lastAnswer = Instant.EPOCH;

    /// Asks the API which kinds it has.
    ///
    /// @param screen runs on the thread that owns the scene: `Platform::runLater`
    /// @throws KubernetesClientException if the API can't be reached or refuses
    public FleetSource(
            KubernetesClient client, FleetModel model, Executor screen, InstantSource time) {
        this.client = client;
        this.model = model;
        this.screen = screen;
        this.time = time;
        followed = new Followed(client, changed::release);
    }

    /// Reads everything once, then follows. Blocks until all is read.
    ///
    /// @throws KubernetesClientException if the API can't be reached or refuses
    public void start() {
        followed.start();
        lastAnswer = time.instant();
        changed.release();
        threads.add(Thread.ofVirtual().name("fleet-states").start(this::build));
        threads.add(Thread.ofVirtual().name("fleet-uses").start(this::measure));
    }

    @Override
    public void close() {
        closing.countDown();
        threads.forEach(Thread::interrupt);
        followed.close();
    }

    private void build() {
        var builder = new StateBuilder();
        var shown = new Semaphore(1);
        try {
            do {
                changed.acquire();
                changed.drainPermits();
                var state = builder.build(followed.raw(time.instant(), uses.get()));
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
                var now = ask(reader);
                screen.execute(() -> model.accept(now));
            } while (!closing.await(BETWEEN_USES.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Link ask(UseReader reader) {
        try {
            uses.set(reader.read());
            lastAnswer = time.instant();
            changed.release();
            return new Link.Live();
        } catch (KubernetesClientException e) {
            return new Link.Stale(lastAnswer, why(e));
        }
    }

    private String why(KubernetesClientException e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return client.getMasterUrl() + ": " + requireNonNullElse(cause.getMessage(), e.toString());
    }
}
