package dev.flotilla.node.probe;

import java.time.Instant;

/// What a probe's answers so far say of one run of a container.
///
/// @param well what counts now
/// @param decided whether enough answers came for that, or it is what was believed before
/// @param inRow how many of the last answers said the same
/// @param last what the last answer was
/// @param next when to ask again
record Pulse(boolean well, boolean decided, int inRow, boolean last, Instant next) {

    /// Of a run that began then.
    ///
    /// @param believed until enough answers came
    static Pulse begun(Rhythm rhythm, boolean believed, Instant started, Instant now) {
        var first = started.plus(rhythm.delay());
        return new Pulse(believed, false, 0, false, first.isBefore(now) ? now : first);
    }

    Pulse after(boolean answer, Rhythm rhythm, Instant now) {
        int row = inRow > 0 && last == answer ? inRow + 1 : 1;
        boolean enough = row >= (answer ? rhythm.successes() : rhythm.failures());
        return new Pulse(
                enough ? answer : well, decided || enough, row, answer, now.plus(rhythm.period()));
    }

    /// The answer was lost with its node: nothing is learnt from it.
    Pulse later(Rhythm rhythm, Instant now) {
        return new Pulse(well, decided, inRow, last, now.plus(rhythm.period()));
    }
}
