package dev.flotilla.ui.state;

import java.time.Instant;

/// The last [#LENGTH] measurements of one thing: a ring, so that a chart never grows. Belongs to
/// the FX thread.
public final class History {
    /// 4 minutes at one measurement every 2 s.
    public static final int LENGTH = 120;

    private final float[] cpuMillis = new float[LENGTH];
    private final float[] memoryMiB = new float[LENGTH];
    private int size;
    private int next;
    private Instant last = Instant.MIN;

    /// Takes what is newer than the last.
    void add(Use use) {
        if (!use.time().isAfter(last)) {
            return;
        }
        last = use.time();
        cpuMillis[next] = use.cpuMillis();
        memoryMiB[next] = use.memoryBytes() / 1048576f;
        next = (next + 1) % LENGTH;
        size = Math.min(LENGTH, size + 1);
    }

    public int size() {
        return size;
    }

    /// @param i 0 is the oldest
    public double cpuMillis(int i) {
        return cpuMillis[at(i)];
    }

    /// @param i 0 is the oldest
    public double memoryMiB(int i) {
        return memoryMiB[at(i)];
    }

    private int at(int i) {
        return Math.floorMod(next - size + i, LENGTH);
    }
}
