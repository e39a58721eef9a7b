package dev.flotilla.controllers.job;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;

/// Numbers of pods, written as Kubernetes writes them: `1,3-5,7`.
final class IndexSet {
    private final BitSet bits = new BitSet();

    /// Reads what was written; numbers that are not below `end` are left out: the job has shrunk.
    static IndexSet parse(@Nullable String text, int end) {
        var set = new IndexSet();
        int from = 0;
        while (text != null && from < text.length()) {
            int comma = text.indexOf(',', from);
            var part = text.substring(from, comma < 0 ? text.length() : comma);
            int dash = part.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
            if (first < end) {
                set.bits.set(first, Math.min(last + 1, end));
            }
            from = comma < 0 ? text.length() : comma + 1;
        }
        return set;
    }

    boolean contains(int index) {
        return bits.get(index);
    }

    void add(int index) {
        bits.set(index);
    }

    int size() {
        return bits.cardinality();
    }

    int sizeWith(IndexSet other) {
        var both = (BitSet) bits.clone();
        both.and(other.bits);
        return both.cardinality();
    }

    @Override
    public String toString() {
        var parts = new ArrayList<String>();
        for (int first = bits.nextSetBit(0); first >= 0; ) {
            int last = bits.nextClearBit(first) - 1;
            if (last == first) {
                parts.add(Integer.toString(first));
            } else {
                parts.add(first + (last == first + 1 ? "," : "-") + last);
            }
            first = bits.nextSetBit(last + 1);
        }
        return String.join(",", parts);
    }
}
