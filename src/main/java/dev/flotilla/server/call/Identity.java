package dev.flotilla.server.call;

import dev.flotilla.server.pki.Pki;

import java.util.List;

/// Who asks.
public record Identity(String user, List<String> groups) {
    public static final Identity ANONYMOUS =
            new Identity("system:anonymous", List.of("system:unauthenticated"));
    public static final Identity ADMIN =
            new Identity(Pki.ADMIN, List.of(Pki.MASTERS, "system:authenticated"));

    public boolean isAnonymous() {
        return equals(ANONYMOUS);
    }

    /// The one right there is: everything.
    public boolean mayDoEverything() {
        return groups.contains(Pki.MASTERS);
    }
}
