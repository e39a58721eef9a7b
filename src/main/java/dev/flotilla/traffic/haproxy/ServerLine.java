package dev.flotilla.traffic.haproxy;

import dev.flotilla.traffic.plan.Back;
import dev.flotilla.traffic.plan.Server;

/// A server in a section.
///
/// @param options how it is spoken to
record ServerLine(String backend, Server server, String options) {
    /// A dead one is out within a second, and back with its first answer. Tried in the lab: with
    /// slower checks requests fail.
    static final String CHECK = "check inter 250ms fall 2 rise 1 fastinter 100ms";

    static ServerLine of(Back back, Server server) {
        var wire =
                switch (back.wire()) {
                    case PLAIN -> "";
                    case H2 -> " proto h2";
                    case TLS -> " ssl verify none";
                };
        var greeting =
                switch (back.greeting()) {
                    case NONE -> "";
                    case V1 -> " send-proxy check-send-proxy";
                    case V2 -> " send-proxy-v2 check-send-proxy";
                };
        return new ServerLine(back.id().toString(), server, CHECK + wire + greeting);
    }

    String path() {
        return backend + "/" + server.name();
    }

    String text() {
        return "server %s %s %s%s"
                .formatted(
                        server.name(), server.at(), options, server.draining() ? " disabled" : "");
    }

    /// Made anew, it rests until it is told to work.
    String added() {
        return "add server %s %s %s".formatted(path(), server.at(), options);
    }
}
