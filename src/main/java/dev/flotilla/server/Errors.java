package dev.flotilla.server;

import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Leftovers;
import dev.flotilla.server.call.Refusal;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;

/// What the HTTP library refuses by itself, such as a damaged request line, is a Status too.
final class Errors extends ErrorHandler {
    /// Whatever the method was.
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        try {
            if (!Leftovers.read(request)) {
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
            }
        } catch (IOException e) {
            callback.failed(e);
            return;
        }
        response.setStatus(code);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, body(code, message), callback);
    }

    private static ByteBuffer body(int code, @Nullable String message) {
        var text = message == null || code >= 500 ? "the request could not be served" : message;
        return ByteBuffer.wrap(Answer.json(Refusal.http(code, text).status(), false));
    }
}
