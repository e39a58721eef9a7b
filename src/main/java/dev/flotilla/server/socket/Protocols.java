package dev.flotilla.server.socket;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The subprotocols a client offers, of which one may be no protocol but its token: a browser can
/// send no `Authorization` with a WebSocket.
public final class Protocols {
    /// What comes before a bearer token in base64url.
    private static final String TOKEN = "base64url.bearer.authorization.k8s.io.";

    private Protocols() {}

    /// The one to be used, which is never the token.
    static Optional<String> chosen(List<String> offered) {
        return offered.stream().filter(p -> !isToken(p)).findFirst();
    }

    static boolean isToken(String protocol) {
        return protocol.startsWith(TOKEN);
    }

    /// The bearer token of a request for a WebSocket; empty text if it is none that can be right:
    /// not in base64url, with a second, or without a protocol beside it that can be chosen.
    public static Optional<String> token(Request request) {
        if (!Socket.isWanted(request)) {
            return Optional.empty();
        }
        var offered = request.getHeaders().getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false);
        var tokens = offered.stream().filter(Protocols::isToken).toList();
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                tokens.size() > 1 || chosen(offered).isEmpty() ? "" : decoded(tokens.getFirst()));
    }

    private static String decoded(String protocol) {
        try {
            var bytes = Base64.getUrlDecoder().decode(protocol.substring(TOKEN.length()));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
