package dev.flotilla.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Tells listeners that something was committed, each on a virtual thread of its own: never two at
/// once for one listener, and never none after the last commit. A listener that hangs hurts itself.
final class Wakes {
    private final Map<Runnable, AtomicInteger> listeners = new ConcurrentHashMap<>();

    void add(Runnable listener) {
        listeners.putIfAbsent(listener, new AtomicInteger());
    }

    void remove(Runnable listener) {
        listeners.remove(listener);
    }

    void wake() {
        listeners.forEach(
                (listener, calls) -> {
                    if (calls.getAndIncrement() == 0) {
                        Thread.ofVirtual().name("store-wake").start(() -> run(listener, calls));
                    }
                });
    }

    private static void run(Runnable listener, AtomicInteger calls) {
        int seen;
        do {
            seen = calls.get();
            try {
                listener.run();
            } catch (RuntimeException e) {
                System.getLogger(Wakes.class.getName())
                        .log(System.Logger.Level.ERROR, "A listener to commits failed", e);
            }
        } while (!calls.compareAndSet(seen, 0));
    }
}
