package dev.flotilla.server;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.server.auth.Authenticator;
import dev.flotilla.server.auth.Impersonation;
import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Bodies;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Identity;
import dev.flotilla.server.call.Incoming;
import dev.flotilla.server.call.Leftovers;
import dev.flotilla.server.call.Outgoing;
import dev.flotilla.server.call.Query;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.socket.Upgrades;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Takes every request, and sees to it that each gets an answer in Kubernetes' words, whatever
/// happens on the way.
final class Front extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    private final Authenticator authenticator;
    private final Router router;
    private final Turnstile turnstile;
    private final Witness witness;
    private final Limits limits;
    private final Bodies bodies = new Bodies();
    private final AtomicLong failures = new AtomicLong();

    Front(
            Authenticator authenticator,
            Router router,
            Turnstile turnstile,
            Witness witness,
            Limits limits) {
        this.authenticator = authenticator;
        this.router = router;
        this.turnstile = turnstile;
        this.witness = witness;
        this.limits = limits;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var seen = witness.begin(request, response);
        var timers = request.getComponents().getScheduler();
        var in = new Incoming(request, timers, limits.body());
        var out = new Outgoing(in, response, callback, timers, limits.reader());
        if (Thread.currentThread().isVirtual() && !Upgrades.isServed(request)) {
            serve(in, out, seen, callback);
        } else {
            // Jetty brings a connection's first request in one of its few own threads, which a
            // watch would keep; and what an upgrade brings begins when this call has returned.
            Thread.ofVirtual().name("api").start(() -> serve(in, out, seen, callback));
        }
        return true;
    }

    private void serve(Incoming in, Outgoing out, Witness.Seen seen, Callback callback) {
        try {
            serve(in, out, seen);
            if (!out.isTakenOver()) {
                Leftovers.read(in);
                callback.succeeded();
            }
        } catch (IOException e) {
            // The client is gone: there is nobody to tell.
            if (!out.isTakenOver()) {
                callback.failed(e);
            }
        } finally {
            seen.end(out.getStatus());
        }
    }

    private void serve(Request request, Outgoing response, Witness.Seen seen) throws IOException {
        try {
            var real = authenticator.of(request);
            seen.by(real);
            var query = Query.of(request);
            var asked = Asked.of(request.getMethod(), seen.path(), query);
            seen.asks(asked, asked.isLong(query));
            var who =
                    Impersonation.of(request.getHeaders(), real, a -> authenticator.admit(real, a));
            if (!who.equals(real)) {
                seen.acting(who);
            }
            authenticator.admit(who, asked);
            pass(new Call(request, response, who, seen.path(), query, bodies), who, asked);
        } catch (ApiFailure e) {
            fail(request, response, e.code(), e.status());
        } catch (Refusal e) {
            refuse(request, response, e);
        } catch (IOException e) {
            if (!(e.getCause() instanceof TimeoutException) || response.isBegun()) {
                throw e;
            }
            refuse(request, response, Refusal.timeout());
        } catch (RuntimeException e) {
            if (e instanceof HttpException http) {
                refuse(
                        request,
                        response,
                        Refusal.http(http.getCode(), String.valueOf(http.getReason())));
                return;
            }
            var mark = "%08x-%d".formatted(hashCode(), failures.incrementAndGet());
            LOG.error(
                    "{} {} failed, {}",
                    request.getMethod(),
                    request.getHttpURI().getPath(),
                    mark,
                    e);
            refuse(request, response, Refusal.internal(mark));
        }
    }

    private void pass(Call call, Identity who, Asked asked) throws IOException {
        if (!asked.ofObjects() || asked.isLong(call.query())) {
            router.serve(call);
            return;
        }
        try (var seat = turnstile.enter(call, who)) {
            assert seat != null;
            router.serve(call);
        }
    }

    private void refuse(Request request, Outgoing response, Refusal refusal) throws IOException {
        switch (refusal.code()) {
            case 401 ->
                    response.getHeaders()
                            .put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"flotilla\"");
            case 405 ->
                    response.getHeaders()
                            .put(
                                    HttpHeader.ALLOW,
                                    String.join(", ", router.methods(Witness.path(request))));
            case 429 -> response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            default -> {}
        }
        fail(request, response, refusal.code(), refusal.status());
    }

    private static void fail(Request request, Outgoing response, int code, ObjectNode status)
            throws IOException {
        if (response.isBegun()) {
            throw new IOException("the answer was already on its way");
        }
        if (!Leftovers.read(request)) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        long wait = status.at("/details/retryAfterSeconds").asLong(0);
        if (wait > 0) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, wait);
        }
        Answer.send(response, code, "application/json", Answer.json(status, false));
    }
}
