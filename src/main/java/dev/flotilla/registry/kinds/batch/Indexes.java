package dev.flotilla.registry.kinds.batch;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Numbers of pods as a line of text: `1,3-5,7`.
final class Indexes {
    private Indexes() {}

    /// The text is no such line.
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed(String why) {
            super(why);
        }
    }

    private record Interval(long first, long last) {}

    /// How many the text names.
    ///
    /// @param end all are below it
    /// @throws Malformed if it can't be read
    static long count(String text, long end) {
        long count = 0;
        @Nullable Interval before = null;
        for (var part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            var interval = interval(part, end);
            if (before != null && before.last() >= interval.first()) {
                throw disorder(before.last(), interval.first());
            }
            count += interval.last() - interval.first() + 1;
            before = interval;
        }
        return count;
    }

    /// The first number that both texts name; what can't be read of them is passed over.
    static OptionalLong overlap(String some, String others, long end) {
        var a = intervals(some, end);
        var b = intervals(others, end);
        int i = 0;
        int j = 0;
        while (i < a.size() && j < b.size()) {
            var one = a.get(i);
            var other = b.get(j);
            if (one.first() <= other.last() && other.first() <= one.last()) {
                return OptionalLong.of(Math.max(one.first(), other.first()));
            }
            if (one.first() <= other.first()) {
                i++;
            } else {
                j++;
            }
        }
        return OptionalLong.empty();
    }

    private static List<Interval> intervals(String text, long end) {
        var all = new ArrayList<Interval>();
        for (var part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            try {
                all.add(interval(part, end));
            } catch (Malformed _) {
                // Told of where the text itself is looked at.
            }
        }
        return all;
    }

    private static Interval interval(String text, long end) {
        var limits = text.split("-", -1);
        if (limits.length > 2) {
            throw new Malformed(
                    ("the fragment \"%s\" violates the requirement that an index interval can have"
                                    + " at most two parts separated by '-'")
                            .formatted(text));
        }
        long first = index(limits[0], end);
        if (limits.length == 1) {
            return new Interval(first, first);
        }
        long last = index(limits[1], end);
        if (first >= last) {
            throw disorder(first, last);
        }
        return new Interval(first, last);
    }

    private static long index(String text, long end) {
        long index;
        try {
            index = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Malformed("cannot convert string to integer for index: \"" + text + "\"");
        }
        if (index >= end) {
            throw new Malformed("too large index: \"" + text + "\"");
        }
        return index;
    }

    private static Malformed disorder(long previous, long current) {
        return new Malformed(
                "non-increasing order, previous: %d, current: %d".formatted(previous, current));
    }
}
