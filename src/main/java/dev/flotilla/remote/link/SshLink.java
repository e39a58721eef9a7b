package dev.flotilla.remote.link;

import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// An SSH connection that is made again whenever it breaks, until it is closed. A machine that
/// refuses us is asked seldom, so that nothing bars this computer for trying too often.
public final class SshLink implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration PAUSE_WHEN_REFUSED = Duration.ofSeconds(30);

    private final SshConnector connector;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private SshSession session;
    private SshAttempt.@Nullable Problem problem;
    private boolean closed;

    /// Keeps up what `first` began; `connector` made it.
    public SshLink(SshConnector connector, SshSession first) {
        this.connector = connector;
        this.session = first;
        Thread.ofVirtual().name("ssh " + connector.target()).start(this::keep);
    }

    public SshTarget target() {
        return connector.target();
    }

    /// The connection of now.
    ///
    /// @throws RuntimeUnavailable at once, if there is none
    public SshSession session() {
        lock.lock();
        try {
            if (!closed && session.alive()) {
                return session;
            }
            var why = problem == null ? "it broke a moment ago" : problem.message();
            throw new RuntimeUnavailable(
                    closed
                            ? "The SSH connection to %s was closed".formatted(target())
                            : "The SSH connection to %s is lost: %s".formatted(target(), why));
        } finally {
            lock.unlock();
        }
    }

    /// What the last attempt to connect again met; empty while connected.
    public Optional<SshAttempt.Problem> problem() {
        lock.lock();
        try {
            return Optional.ofNullable(problem);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        SshSession last;
        lock.lock();
        try {
            closed = true;
            last = session;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        last.close();
    }

    private void keep() {
        var current = session;
        while (true) {
            current.awaitEnd();
            current.close();
            var fresh = reconnect();
            if (fresh == null) {
                return;
            }
            current = fresh;
        }
    }

    /// @return null when closed meanwhile
    private @Nullable SshSession reconnect() {
        for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
            if (isClosed()) {
                return null;
            }
            switch (connector.connect()) {
                case SshAttempt.Connected(var fresh) -> {
                    return taken(fresh) ? fresh : null;
                }
                case SshAttempt.Unreachable u -> rest(u, pause);
                case SshAttempt.Problem p -> rest(p, PAUSE_WHEN_REFUSED);
            }
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private boolean taken(SshSession fresh) {
        lock.lock();
        try {
            if (!closed) {
                session = fresh;
                problem = null;
                return true;
            }
        } finally {
            lock.unlock();
        }
        fresh.close();
        return false;
    }

    private void rest(SshAttempt.Problem why, Duration pause) {
        lock.lock();
        try {
            problem = why;
            long left = pause.toNanos();
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
