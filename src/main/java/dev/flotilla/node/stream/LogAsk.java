package dev.flotilla.node.stream;

import dev.flotilla.cluster.PodStreams.LogOptions;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What of a container's log is wanted. An engine that starts a container again in its place has
/// one log for all its runs; where one ends and the next begins is told by when they did.
///
/// @param previous of the run before the one that goes on, or before the last
/// @param ended runs that are known to have ended, oldest first; perhaps not all
public record LogAsk(LogOptions options, boolean previous, List<Run> ended) {
    /// The shortest time in which an engine starts again what has ended.
    private static final Duration LEAST_PAUSE = Duration.ofMillis(100);

    /// Times of the API are whole seconds.
    private static final Duration SAME = Duration.ofMillis(1100);

    public LogAsk {
        ended = List.copyOf(ended);
    }

    /// @param started null if unknown
    public record Run(@Nullable Instant started, Instant finished) {}

    /// Part of a log.
    ///
    /// @param from null for its beginning
    /// @param until null for its end
    public record Span(@Nullable Instant from, @Nullable Instant until) {}

    /// The part that the wanted run wrote.
    ///
    /// @param last the run that the engine itself knows to have ended last, null if none did
    /// @param since when the run began that goes on, null if none does
    public Span span(@Nullable Run last, @Nullable Instant since) {
        var runs = new ArrayList<>(ended);
        if (last != null) {
            var known = runs.stream().filter(r -> isSame(r, last)).findFirst();
            runs.removeIf(r -> isSame(r, last) || !r.finished.isBefore(last.finished));
            runs.add(last.started == null && known.isPresent() ? known.get() : last);
        }
        var starts = new ArrayList<@Nullable Instant>();
        runs.forEach(r -> starts.add(r.started));
        if (since != null) {
            starts.add(since);
        }
        int wanted = starts.size() - (previous ? 2 : 1);
        return new Span(cut(runs, starts, wanted), previous ? cut(runs, starts, wanted + 1) : null);
    }

    private static boolean isSame(Run one, Run other) {
        return Duration.between(one.finished, other.finished).abs().compareTo(SAME) < 0
                && (one.started == null
                        || other.started == null
                        || Duration.between(one.started, other.started).abs().compareTo(SAME) < 0);
    }

    /// A moment between run `n` and the one before it. What a run said last comes into the log a
    /// little after its end, what it says first perhaps a little before the engine calls it
    /// started: so the middle.
    private static @Nullable Instant cut(List<Run> runs, List<@Nullable Instant> starts, int n) {
        if (n < 1 || n > runs.size()) {
            return null;
        }
        var before = runs.get(n - 1).finished;
        var after = n < starts.size() ? starts.get(n) : null;
        var pause =
                after == null || after.isBefore(before)
                        ? LEAST_PAUSE
                        : Duration.between(before, after);
        return before.plus(pause.dividedBy(2));
    }
}
