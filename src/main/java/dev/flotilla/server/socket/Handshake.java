package dev.flotilla.server.socket;

import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Outgoing;
import dev.flotilla.server.call.Refusal;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/// How a request becomes a WebSocket.
final class Handshake {
    private Handshake() {}

    /// @param protocol of those the client offers the one to be used; empty for none
    /// @return the answer, which is taken over
    /// @throws Refusal 400 if the client does not ask for it as it should
    static Outgoing make(Call call, Session.Listener ears, Function<List<String>, String> protocol)
            throws IOException {
        if (!(call.response() instanceof Outgoing out)) {
            throw new IllegalStateException("the answer is not one that can be taken over");
        }
        var container = ServerWebSocketContainer.get(call.request().getContext());
        var became =
                out.takeOver(
                        whole ->
                                container.upgrade(
                                        (request, response, _) ->
                                                agree(request, response, ears, protocol),
                                        call.request(),
                                        out,
                                        whole));
        if (!became) {
            out.getHeaders().put(HttpHeader.SEC_WEBSOCKET_VERSION, "13");
            throw Refusal.badRequest(
                    "the request is no WebSocket handshake of version 13, see RFC 6455");
        }
        return out;
    }

    private static Session.Listener agree(
            ServerUpgradeRequest request,
            ServerUpgradeResponse response,
            Session.Listener ears,
            Function<List<String>, String> protocol) {
        var chosen = protocol.apply(request.getSubProtocols());
        if (!chosen.isEmpty()) {
            response.setAcceptedSubProtocol(chosen);
        }
        response.setExtensions(List.of());
        return ears;
    }
}
