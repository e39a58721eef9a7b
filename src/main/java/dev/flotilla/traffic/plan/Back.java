package dev.flotilla.traffic.plan;

import java.util.List;

/// Where requests end, and how one of many is chosen.
///
/// @param http whether requests are understood, and not only connections
/// @param stickySeconds a client stays with its endpoint until it was silent for so long; 0 for not
/// @param wire how endpoints are spoken to
/// @param greeting how they are told who the client is, if they are
public record Back(
        BackId id,
        boolean http,
        Balance balance,
        int stickySeconds,
        Wire wire,
        Greeting greeting,
        List<Server> servers) {
    public Back {
        servers = List.copyOf(servers);
    }

    /// Who gets the next one.
    public enum Balance {
        /// Who has the fewest connections.
        LEASTCONN,
        ROUNDROBIN,
        /// Always the same for a client, as far as endpoints stay.
        SOURCE
    }

    /// How endpoints are spoken to.
    public enum Wire {
        PLAIN,
        /// HTTP/2 without TLS, as gRPC speaks it.
        H2,
        /// HTTP over TLS, whoever signed the certificate.
        TLS
    }

    /// The PROXY protocol.
    public enum Greeting {
        NONE,
        V1,
        V2
    }
}
