package dev.flotilla.server;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.server.auth.Authenticator;
import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Bodies;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Leftovers;
import dev.flotilla.server.call.Query;
import dev.flotilla.server.call.Refusal;

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
import java.util.concurrent.atomic.AtomicLong;

/// Takes every request, and sees to it that each gets an answer in Kubernetes' words, whatever
/// happens on the way.
final class Front extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    private final Authenticator authenticator;
    private final Router router;
    private final Tally tally;
    private final Bodies bodies = new Bodies();
    private final AtomicLong failures = new AtomicLong();

    Front(Authenticator authenticator, Router router, Tally tally) {
        this.authenticator = authenticator;
        this.router = router;
        this.tally = tally;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        try {
            serve(request, response);
            callback.succeeded();
        } catch (IOException e) {
            // The client is gone: there is nobody to tell.
            callback.failed(e);
        } finally {
            tally.count(
                    request.getMethod(),
                    response.getStatus(),
                    System.nanoTime() - request.getBeginNanoTime());
        }
        return true;
    }

    private void serve(Request request, Response response) throws IOException {
        try {
            var path = request.getHttpURI().getDecodedPath();
            path = path == null ? "/" : path;
            var who = authenticator.of(request, path);
            router.serve(new Call(request, response, who, path, Query.of(request), bodies));
        } catch (ApiFailure e) {
            fail(request, response, e.code(), e.status());
        } catch (Refusal e) {
            refuse(request, response, e);
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

    private static void refuse(Request request, Response response, Refusal refusal)
            throws IOException {
        if (refusal.code() == 401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"flotilla\"");
        }
        fail(request, response, refusal.code(), refusal.status());
    }

    private static void fail(Request request, Response response, int code, ObjectNode status)
            throws IOException {
        if (response.isCommitted()) {
            throw new IOException("the answer was already on its way");
        }
        Leftovers.read(request);
        Answer.send(response, code, "application/json", Answer.json(status, false));
    }
}
