package dev.flotilla.controllers.owner;

import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Written;

import java.time.Duration;
import java.util.List;

/// What a look ends with that wrote.
public final class Writes {
    private Writes() {}

    /// Refused if one of them was, else again at once if somebody else was first.
    public static Outcome outcome(List<? extends Written<?>> all) {
        var outcome = Outcome.SETTLED;
        for (var written : all) {
            switch (written) {
                case Written.Done<?> _ -> {}
                case Written.Conflict<?> _ -> outcome = Outcome.again(Duration.ZERO);
                case Written.Refused<?> _ -> {
                    return Outcome.REFUSED;
                }
            }
        }
        return outcome;
    }
}
