package dev.flotilla.server.socket;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

import java.util.Locale;

/// Requests that want the connection they came in to become something else.
public final class Upgrades {
    /// What older clients stream over.
    private static final String SPDY = "SPDY/3.1";

    private Upgrades() {}

    /// Whether the client asks for anything of the kind, as Kubernetes understands it.
    public static boolean isAny(Request request) {
        return request.getHeaders().getCSV(HttpHeader.CONNECTION, false).stream()
                .anyMatch(c -> c.toLowerCase(Locale.ROOT).contains("upgrade"));
    }

    /// Whether it asks for what may be had here. Such a request must not be served by the thread
    /// that it came in, for the connection changes only when that one is done.
    public static boolean isServed(Request request) {
        return Socket.isWanted(request) || isSpdy(request);
    }

    /// Whether it asks for SPDY.
    public static boolean isSpdy(Request request) {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && isAny(request)
                && request.getHeaders().getCSV(HttpHeader.UPGRADE, false).stream()
                        .anyMatch(SPDY::equalsIgnoreCase);
    }
}
