package dev.flotilla.server;

import dev.flotilla.server.pki.Pki;

import java.util.List;

/// Who asks.
record Identity(String user, List<String> groups) {
    static final Identity ANONYMOUS =
            new Identity("system:anonymous", List.of("system:unauthenticated"));
    static final Identity ADMIN =
            new Identity(Pki.ADMIN, List.of(Pki.MASTERS, "system:authenticated"));

    boolean isAnonymous() {
        return equals(ANONYMOUS);
    }

    /// The one right there is: everything.
    boolean mayDoEverything() {
        return groups.contains(Pki.MASTERS);
    }
}
