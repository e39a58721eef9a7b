package dev.flotilla.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The last points of one series, in fixed arrays: old ones make room for new ones.
final class Ring {
    private final long[] epochMillis;
    private final long[] cpuMillis;
    private final long[] memoryBytes;
    private int next;
    private int size;

    Ring(int capacity) {
        epochMillis = new long[capacity];
        cpuMillis = new long[capacity];
        memoryBytes = new long[capacity];
    }

    void add(Point point) {
        epochMillis[next] = point.time().toEpochMilli();
        cpuMillis[next] = point.cpuMillis();
        memoryBytes[next] = point.memoryBytes();
        next = (next + 1) % epochMillis.length;
        size = Math.min(size + 1, epochMillis.length);
    }

    /// Oldest first.
    List<Point> points() {
        var points = new ArrayList<Point>(size);
        for (int i = 0; i < size; i++) {
            int at = Math.floorMod(next - size + i, epochMillis.length);
            points.add(
                    new Point(
                            Instant.ofEpochMilli(epochMillis[at]), cpuMillis[at], memoryBytes[at]));
        }
        return points;
    }
}
