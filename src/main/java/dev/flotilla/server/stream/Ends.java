package dev.flotilla.server.stream;

import dev.flotilla.server.call.Query;

/// Which ends of a process a client wants.
///
/// @param stderr never with a terminal, which has but one output
record Ends(boolean stdin, boolean stdout, boolean stderr, boolean tty) {
    /// Kubernetes' words for a client that wants none.
    static final String NONE = "you must specify at least 1 of stdin, stdout, stderr";

    static Ends of(Query query) {
        boolean tty = query.flag("tty");
        return new Ends(
                query.flag("stdin"), query.flag("stdout"), query.flag("stderr") && !tty, tty);
    }

    boolean none() {
        return !stdin && !stdout && !stderr;
    }
}
