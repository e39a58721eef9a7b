package dev.flotilla.server.flow;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A fixed number of seats, shared out in turns among those who ask. However much one asks, the
/// next seat goes to another who waits, and a part of the seats is never one's alone.
///
/// The idea of fair queueing is that of Kubernetes' API priority and fairness; this is its smallest
/// form: all requests weigh the same.
public final class FairQueue {
    private final int seats;
    private final int seatsEach;
    private final int waitersEach;
    private final long patienceNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Flow> flows = new HashMap<>();
    private final Set<Flow> waiting = new LinkedHashSet<>(); // whose turn is next, first
    private int taken;

    /// @param seats how many are served at once
    /// @param waitersEach how many requests of one asker may wait
    /// @param patienceMillis after which one who waits is sent away
    public FairQueue(int seats, int waitersEach, long patienceMillis) {
        this.seats = seats;
        this.seatsEach = Math.max(1, seats * 3 / 4);
        this.waitersEach = waitersEach;
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    }

    /// A place among those who are served; given back when closed.
    public interface Seat extends AutoCloseable {
        @Override
        void close();
    }

    /// Too many of this asker wait already, or it took too long.
    public static final class Full extends Exception {
        private static final long serialVersionUID = 1;

        Full() {
            super("too many requests", null, false, false);
        }
    }

    private static final class Flow {
        final String name;
        final ArrayDeque<Ticket> queue = new ArrayDeque<>();
        int served;

        Flow(String name) {
            this.name = name;
        }
    }

    private static final class Ticket {
        final Condition called;
        boolean seated;

        Ticket(Condition called) {
            this.called = called;
        }
    }

    /// Waits for a seat.
    ///
    /// @param asker who asks, whatever tells one from another
    /// @throws Full when it is of no use to wait
    public Seat enter(String asker) throws Full, InterruptedException {
        lock.lock();
        try {
            var flow = flows.computeIfAbsent(asker, Flow::new);
            if (taken < seats && flow.served < seatsEach && flow.queue.isEmpty()) {
                taken++;
                flow.served++;
            } else if (flow.queue.size() >= waitersEach) {
                throw new Full();
            } else {
                await(flow);
            }
            return () -> leave(flow);
        } finally {
            lock.unlock();
        }
    }

    private void await(Flow flow) throws Full, InterruptedException {
        var ticket = new Ticket(lock.newCondition());
        flow.queue.add(ticket);
        waiting.add(flow);
        try {
            for (long left = patienceNanos; !ticket.seated; ) {
                if (left <= 0) {
                    throw new Full();
                }
                left = ticket.called.awaitNanos(left);
            }
        } catch (InterruptedException | Full e) {
            if (ticket.seated) {
                leave(flow);
            } else {
                flow.queue.remove(ticket);
                forget(flow);
            }
            throw e;
        }
    }

    private void leave(Flow flow) {
        lock.lock();
        try {
            taken--;
            flow.served--;
            callNext();
            forget(flow);
        } finally {
            lock.unlock();
        }
    }

    /// Gives free seats to those who wait, one each in turn.
    private void callNext() {
        while (taken < seats) {
            var next = nextInTurn();
            if (next == null) {
                return;
            }
            var ticket = next.queue.remove();
            waiting.remove(next);
            if (!next.queue.isEmpty()) {
                waiting.add(next);
            }
            taken++;
            next.served++;
            ticket.seated = true;
            ticket.called.signal();
        }
    }

    private @org.jspecify.annotations.Nullable Flow nextInTurn() {
        for (Iterator<Flow> all = waiting.iterator(); all.hasNext(); ) {
            var flow = all.next();
            if (flow.served < seatsEach) {
                return flow;
            }
        }
        return null;
    }

    private void forget(Flow flow) {
        if (flow.queue.isEmpty()) {
            waiting.remove(flow);
            if (flow.served == 0) {
                flows.remove(flow.name, flow);
            }
        }
    }

    /// How many are served now.
    public int served() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// How many wait now.
    public int waiting() {
        lock.lock();
        try {
            return flows.values().stream().mapToInt(f -> f.queue.size()).sum();
        } finally {
            lock.unlock();
        }
    }
}
