package dev.flotilla.node.errand;

import java.util.ArrayList;
import java.util.List;

/// Somebody's wish that something ends before it is done. Guarded by its own monitor.
public final class Stop {
    private final List<Runnable> ends = new ArrayList<>();
    private boolean asked;

    /// What was to be done was called off.
    public static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped() {
            super("it was called off");
        }
    }

    /// From now on [#check] throws.
    public void ask() {
        List<Runnable> all;
        synchronized (this) {
            asked = true;
            all = List.copyOf(ends);
            ends.clear();
        }
        all.forEach(Runnable::run);
    }

    /// Has `end` run once it is asked for; at once if it was already.
    public void whenAsked(Runnable end) {
        synchronized (this) {
            if (!asked) {
                ends.add(end);
                return;
            }
        }
        end.run();
    }

    public synchronized boolean asked() {
        return asked;
    }

    /// @throws Stopped if it was asked for
    public void check() {
        if (asked()) {
            throw new Stopped();
        }
    }
}
