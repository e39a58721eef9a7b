package dev.flotilla.server;

import dev.flotilla.server.pki.Pki;

import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Looks now and then whether the server's certificate nears its end, and has a new one shown
/// before it does. Of those that clients hold it only says so.
final class Renewal extends AbstractLifeCycle {
    /// Shorter than a day, because a computer that sleeps doesn't count its hours.
    static final Duration EVERY = Duration.ofHours(6);

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

    private final Door door;
    private final ServerConfig config;
    private final InstantSource time;
    private final Duration every;
    private volatile Pki shown;
    private volatile List<String> said = List.of();
    private final ReentrantLock lock = new ReentrantLock();
    private Scheduler.@Nullable Task next;

    /// @param every how long to wait between two looks
    Renewal(Door door, ServerConfig config, InstantSource time, Duration every) {
        this.door = door;
        this.config = config;
        this.time = time;
        this.every = every;
        shown = door.pki;
    }

    @Override
    protected void doStart() {
        LOG.info(
                "The server's certificate ends at {}, the administrator's at {}, the authority's at"
                        + " {}",
                shown.server().end(),
                shown.admin().end(),
                shown.authority().end());
        plan();
    }

    @Override
    protected void doStop() {
        lock.lock();
        try {
            if (next != null) {
                next.cancel();
            }
        } finally {
            lock.unlock();
        }
    }

    private void plan() {
        lock.lock();
        try {
            if (isStarting() || isRunning()) {
                var server = door.server;
                next =
                        server.getScheduler()
                                .schedule(
                                        () -> server.getThreadPool().execute(this::look),
                                        every.toMillis(),
                                        TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        try {
            check();
        } catch (RuntimeException e) {
            LOG.warn("The server's certificate was not renewed, which is tried again", e);
        } finally {
            plan();
        }
    }

    private void check() {
        var now = time.instant();
        var fresh = shown.refreshed(config.pkiFolder(), config.host(), config.names(), now);
        if (!fresh.server().certificate().equals(shown.server().certificate())) {
            door.show(fresh);
            LOG.info("The server has a new certificate, which ends at {}", fresh.server().end());
        }
        shown = fresh;
        var ending = fresh.ending(now);
        if (!ending.equals(said)) {
            said = ending;
            ending.forEach(LOG::warn);
        }
    }
}
