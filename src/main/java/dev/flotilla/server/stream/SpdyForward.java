package dev.flotilla.server.stream;

import dev.flotilla.cluster.PodStreams.Place;
import dev.flotilla.cluster.PodStreams.Ports;
import dev.flotilla.server.spdy.SpdyStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Port-forward over SPDY: for each connection the client opens two streams, one for its bytes and
/// one for what goes wrong, which name the same request.
final class SpdyForward {
    private static final Logger LOG = LoggerFactory.getLogger(SpdyForward.class);
    private static final String DATA = "data";
    private static final String ERROR = "error";

    private final Ports ports;
    private final Place at;
    private final Map<String, SpdyStream> alone = new ConcurrentHashMap<>();

    SpdyForward(Ports ports, Place at) {
        this.ports = ports;
        this.at = at;
    }

    /// Makes the connection.
    interface Opening {
        SpdyCarrier open(Predicate<SpdyStream> welcome) throws IOException;
    }

    /// Returns when the client has left.
    void serve(Opening opening) throws IOException {
        try (var carrier = opening.open(this::welcome)) {
            carrier.run();
        } catch (IOException e) {
            LOG.debug("A port-forward to {} ended", at.pod(), e);
        }
    }

    /// A stream that says what it is for may stand; with the other of its request it is served.
    private boolean welcome(SpdyStream stream) {
        var type = stream.header("streamtype");
        try {
            int _ = ForwardCall.port(stream.header("port"));
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (!type.equals(DATA) && !type.equals(ERROR)) {
            return false;
        }
        var other = alone.remove(request(stream));
        if (other == null) {
            alone.put(request(stream), stream);
            return true;
        }
        if (other.header("streamtype").equals(type)) {
            alone.put(request(stream), other);
            return false;
        }
        var data = type.equals(DATA) ? stream : other;
        var errors = type.equals(DATA) ? other : stream;
        Thread.ofVirtual().name("port-forward").start(() -> forward(data, errors));
        return true;
    }

    /// Very old clients name no request; they open the stream for errors first and the other next.
    private static String request(SpdyStream stream) {
        var named = stream.header("requestid");
        if (!named.isEmpty()) {
            return named;
        }
        return "#" + (stream.header("streamtype").equals(DATA) ? stream.id() - 2 : stream.id());
    }

    private void forward(SpdyStream data, SpdyStream errors) {
        int port = ForwardCall.port(data.header("port"));
        try (var out = data.out();
                var err = errors.out()) {
            var wrong = Splice.run(ports, at, port, data.in(), out);
            err.write(wrong.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("A client of port {} of {} has left", port, at.pod(), e);
        }
    }
}
