package dev.flotilla.server.proxy;

import java.util.List;
import java.util.Optional;

/// Whom a path means: `NAME`, `NAME:PORT` or `SCHEME:NAME:PORT`.
///
/// @param tls whether it is to be asked over TLS
/// @param port empty if none is said
record Named(boolean tls, String name, String port) {
    /// Empty if it is none of these.
    static Optional<Named> of(String id) {
        var parts = List.of(id.split(":", -1));
        var named =
                switch (parts.size()) {
                    case 1 -> new Named(false, parts.get(0), "");
                    case 2 -> new Named(false, parts.get(0), parts.get(1));
                    case 3 -> new Named(parts.get(0).equals("https"), parts.get(1), parts.get(2));
                    default -> new Named(false, "", "");
                };
        boolean known = parts.size() < 3 || List.of("", "http", "https").contains(parts.get(0));
        return named.name.isEmpty() || !known ? Optional.empty() : Optional.of(named);
    }
}
