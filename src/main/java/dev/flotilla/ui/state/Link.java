package dev.flotilla.ui.state;

import java.time.Instant;

/// How the window stands with the API.
public sealed interface Link {
    /// Not yet all read.
    record Connecting() implements Link {}

    /// What is shown is the present.
    record Live() implements Link {}

    /// What is shown is old.
    ///
    /// @param since when it was last right
    /// @param why what was asked and what came back
    record Stale(Instant since, String why) implements Link {}

    /// There is no API to talk to, and why.
    record Failed(String why) implements Link {}
}
