package dev.flotilla.server;

import dev.flotilla.server.audit.AuditEvent;
import dev.flotilla.server.audit.AuditLog;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;
import dev.flotilla.server.measure.Tally;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Sees every request come and go, and tells the tally and the audit log.
final class Witness {
    private final Tally tally;
    private final @Nullable AuditLog log;
    private final InstantSource time;

    /// The first of the ids: the others count on from it, which costs no randomness each.
    private final UUID first = UUID.randomUUID();

    private final AtomicLong requests = new AtomicLong();

    Witness(Tally tally, @Nullable AuditLog log, InstantSource time) {
        this.tally = tally;
        this.log = log;
        this.time = time;
    }

    Seen begin(Request request, Response response) {
        long low = first.getLeastSignificantBits() ^ requests.getAndIncrement();
        var id = new UUID(first.getMostSignificantBits(), low).toString();
        response.getHeaders().put("Audit-Id", id);
        return new Seen(request, id);
    }

    static String path(Request request) {
        var path = request.getHttpURI().getDecodedPath();
        return path == null ? "/" : path;
    }

    /// The address that the request comes from.
    static String source(Request request) {
        return Request.getRemoteAddr(request);
    }

    /// One request, from its coming to its end.
    final class Seen {
        private final Request request;
        private final String id;
        private final String path;
        private final Instant received = time.instant();
        private final long began = System.nanoTime();
        private Identity who = Identity.ANONYMOUS;
        private @Nullable Identity acting;
        private Asked asked;
        private boolean isLong;
        private boolean counted;

        private Seen(Request request, String id) {
            this.request = request;
            this.id = id;
            path = Witness.path(request);
            var verb = request.getMethod().toLowerCase(Locale.ROOT);
            asked = new Asked(verb, path, "", "", "", "", "", "");
        }

        String path() {
            return path;
        }

        void by(Identity who) {
            this.who = who;
        }

        /// @param other than who it is by
        void acting(Identity other) {
            acting = other;
        }

        void asks(Asked asked, boolean isLong) {
            this.asked = asked;
            this.isLong = isLong;
            counted = true;
            tally.begin(asked, isLong);
        }

        void end(int code) {
            if (!counted) {
                tally.begin(asked, isLong);
            }
            tally.end(asked, isLong, code, System.nanoTime() - began);
            // Who reads what kinds there are or how the server does changes nothing.
            if (log != null && (asked.ofObjects() || code >= 400)) {
                log.note(
                        new AuditEvent(
                                id,
                                received,
                                time.instant(),
                                asked,
                                who,
                                acting,
                                request.getHttpURI().getQuery(),
                                source(request),
                                agent(),
                                code));
            }
        }

        private String agent() {
            var agent = request.getHeaders().get(HttpHeader.USER_AGENT);
            return agent == null ? "" : agent;
        }
    }
}
