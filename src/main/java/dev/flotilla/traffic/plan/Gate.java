package dev.flotilla.traffic.plan;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a node answers for Ingresses.
///
/// @param plain where HTTP is listened for
/// @param secure where HTTPS is
/// @param routes the first that fits counts
/// @param fallback for what fits none
/// @param secured hosts with a certificate whose plain requests are sent to HTTPS
/// @param certificates by file name, in the order in which they are asked
/// @param greeted whether who comes tells of the client by the PROXY protocol
public record Gate(
        List<At> plain,
        List<At> secure,
        List<Route> routes,
        List<Back> backs,
        @Nullable BackId fallback,
        List<String> secured,
        SortedMap<String, Certificate> certificates,
        boolean greeted) {
    public static final Gate CLOSED =
            new Gate(
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    List.of(),
                    new TreeMap<>(),
                    false);

    public Gate {
        plain = List.copyOf(plain);
        secure = List.copyOf(secure);
        routes = List.copyOf(routes);
        backs = List.copyOf(backs);
        secured = List.copyOf(secured);
        certificates = new TreeMap<>(certificates);
    }

    /// @param host empty for all; `*.example.com` for all of one more label
    /// @param exact whether `path` is all of it, else its first parts
    public record Route(String host, String path, boolean exact, BackId to) {
        public Route {
            if (!host.isEmpty() && !Words.name(host.startsWith("*.") ? host.substring(2) : host)) {
                throw new IllegalArgumentException("no host: " + host);
            }
            if (!Words.path(path)) {
                throw new IllegalArgumentException("no path: " + path);
            }
        }
    }

    /// A certificate with its chain and its key, in PEM.
    ///
    /// @param hosts for which it is asked; empty for those that it names itself
    public record Certificate(String pem, List<String> hosts) {
        public Certificate {
            hosts = List.copyOf(hosts);
        }

        /// It is secret.
        @Override
        public String toString() {
            return "a certificate for " + hosts;
        }
    }
}
