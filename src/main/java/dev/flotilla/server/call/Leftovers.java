package dev.flotilla.server.call;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/// The rest of a body that nobody wants. It is read all the same, because a client that is cut off
/// while it writes often doesn't hear why, and because what follows on the connection begins after
/// it.
public final class Leftovers {
    /// Who sends more than this is cut off.
    private static final int MOST = 32 * 1024 * 1024;

    private Leftovers() {}

    /// @return whether the body has come to its end; if not, the connection can't go on
    public static boolean read(Request request) throws IOException {
        if (isHeldBack(request)) {
            return true;
        }
        var in = Content.Source.asInputStream(request);
        try {
            if (in.read() < 0) {
                return true;
            }
            var buffer = new byte[64 * 1024];
            for (long left = MOST; left > 0; ) {
                var read = in.read(buffer);
                if (read < 0) {
                    return true;
                }
                left -= read;
            }
        } catch (IOException e) {
            if (!(e.getCause() instanceof TimeoutException)) {
                throw e;
            }
        }
        return false;
    }

    /// A client that asked first, and wasn't told to go on, sends nothing.
    private static boolean isHeldBack(Request request) {
        return request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString())
                && !(request instanceof Incoming incoming && incoming.begun());
    }
}
