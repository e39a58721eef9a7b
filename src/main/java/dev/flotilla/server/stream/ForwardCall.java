package dev.flotilla.server.stream;

import dev.flotilla.cluster.PodStreams;
import dev.flotilla.cluster.PodStreams.Place;
import dev.flotilla.cluster.PodStreams.Ports;
import dev.flotilla.cluster.PodStreams.Refused;
import dev.flotilla.cluster.PodStreams.Unreachable;
import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Query;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.socket.Tunnel;
import dev.flotilla.server.socket.TwoWay;
import dev.flotilla.server.socket.Upgrades;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// One client with the ports of one pod.
final class ForwardCall {
    private static final String PLAIN = "text/plain; charset=utf-8";

    /// SPDY in the messages of a WebSocket.
    private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";

    private static final String PLAIN_SPDY = "portforward.k8s.io";
    private static final int MOST_PORT = 65_535;

    private final PodStreams streams;

    ForwardCall(PodStreams streams) {
        this.streams = streams;
    }

    void serve(Call call, Place at) throws IOException {
        try {
            if (Upgrades.isSpdy(call.request())) {
                var protocol = SpdyCarrier.protocol(call, List.of(PLAIN_SPDY));
                var ports = streams.ports(at.node(), at.pod());
                new SpdyForward(ports, at)
                        .serve(welcome -> SpdyCarrier.overHttp(call, protocol, welcome));
            } else if (Upgrades.isServed(call.request())) {
                serveSocket(call, at);
            } else {
                Answer.text(call, 400, PLAIN, SpdyCarrier.missing(call));
            }
        } catch (Refused e) {
            Answer.text(call, 500, PLAIN, e.getMessage() + "\n");
        } catch (Unreachable e) {
            throw Refusal.unreachable("error dialing backend: " + e.getMessage());
        }
    }

    private void serveSocket(Call call, Place at) throws IOException, Unreachable, Refused {
        var known = new ArrayList<>(List.of(TUNNEL));
        known.addAll(SocketForward.PROTOCOLS);
        var protocol = TwoWay.protocol(call, known);
        if (protocol.equals(TUNNEL)) {
            var ports = streams.ports(at.node(), at.pod());
            new SpdyForward(ports, at)
                    .serve(welcome -> new SpdyCarrier(Tunnel.open(call, TUNNEL), welcome));
            return;
        }
        List<Integer> wanted;
        try {
            wanted = ports(call.query());
        } catch (IllegalArgumentException e) {
            Answer.text(call, 400, PLAIN, String.valueOf(e.getMessage()));
            return;
        }
        Ports ports = streams.ports(at.node(), at.pod());
        SocketForward.serve(call, protocol, ports, at, wanted);
    }

    /// @throws IllegalArgumentException with Kubernetes' words
    private static List<Integer> ports(Query query) {
        var ports = new ArrayList<Integer>();
        var all = query.all("ports");
        if (all.isEmpty()) {
            throw new IllegalArgumentException("query parameter \"port\" is required");
        }
        for (var text : all) {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("query parameter \"port\" cannot be empty");
            }
            for (var each : text.split(",", -1)) {
                ports.add(port(each));
            }
        }
        return ports;
    }

    /// @throws IllegalArgumentException with Kubernetes' words
    static int port(String text) {
        int port;
        try {
            port = Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "unable to parse \"%s\" as a port: strconv.ParseUint: parsing \"%s\": invalid syntax"
                            .formatted(text, text));
        }
        if (port < 0 || port > MOST_PORT) {
            throw new IllegalArgumentException(
                    "unable to parse \"%s\" as a port: strconv.ParseUint: parsing \"%s\": value out of range"
                            .formatted(text, text));
        }
        if (port < 1) {
            throw new IllegalArgumentException("port \"%s\" must be > 0".formatted(text));
        }
        return port;
    }
}
