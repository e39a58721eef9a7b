package dev.flotilla.server;

import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Identity;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.flow.FairQueue;

import org.eclipse.jetty.http.HttpHeader;

import java.util.concurrent.atomic.AtomicLong;

/// Lets requests through in turns, so that one client's flood starves no other.
final class Turnstile {
    private static final int RETRY_AFTER_SECONDS = 1;

    private final FairQueue queue;
    private final AtomicLong rejected = new AtomicLong();

    Turnstile(Limits limits) {
        queue = new FairQueue(limits.seats(), limits.waiters(), limits.turn().toMillis());
    }

    /// Waits for the call's turn. Who asks is told by identity, program and machine.
    ///
    /// @throws Refusal 429 when too many of the same wait already
    FairQueue.Seat enter(Call call, Identity who) {
        var agent = call.request().getHeaders().get(HttpHeader.USER_AGENT);
        try {
            return queue.enter(who.user() + "\n" + agent + "\n" + Witness.source(call.request()));
        } catch (FairQueue.Full e) {
            rejected.incrementAndGet();
            throw Refusal.tooManyRequests(RETRY_AFTER_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.tooManyRequests(RETRY_AFTER_SECONDS);
        }
    }

    long waiting() {
        return queue.waiting();
    }

    long rejected() {
        return rejected.get();
    }
}
