package dev.flotilla.server.stream;

import dev.flotilla.cluster.PodStreams.Place;
import dev.flotilla.cluster.PodStreams.Ports;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.socket.Pipe;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/// Port-forward in the channels of a WebSocket: two for each port, its bytes and what goes wrong,
/// one connection each. The first message of each says the port.
final class SocketForward {
    static final List<String> PROTOCOLS =
            List.of("v4.channel.k8s.io", "v4.base64.channel.k8s.io", "");

    private static final Logger LOG = LoggerFactory.getLogger(SocketForward.class);

    private SocketForward() {}

    /// Returns when every pod's end is reached, or the client has left.
    static void serve(Call call, String protocol, Ports ports, Place at, List<Integer> wanted)
            throws IOException {
        var heard = new ArrayList<@Nullable Pipe>();
        var said = new ArrayList<Pipe>();
        for (int i = 0; i < wanted.size(); i++) {
            var pipe = new Pipe();
            said.add(pipe);
            heard.add(pipe);
            heard.add(null);
        }
        try (var channels = new Channels(call, protocol, heard, () -> {})) {
            for (int i = 0; i < wanted.size(); i++) {
                int port = wanted.get(i);
                var littleEndian = new byte[] {(byte) port, (byte) (port >> 8)};
                channels.send(2 * i, littleEndian, 0, 2);
                channels.send(2 * i + 1, littleEndian, 0, 2);
            }
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < wanted.size(); i++) {
                    int n = i;
                    threads.execute(
                            () -> forward(channels, n, said.get(n), ports, at, wanted.get(n)));
                }
            }
            channels.end();
        } catch (IOException e) {
            LOG.debug("A port-forward to {} ended", at.pod(), e);
        }
    }

    private static void forward(
            Channels channels, int n, Pipe said, Ports ports, Place at, int port) {
        var wrong =
                Splice.run(ports, at, port, said, channels.out(2 * n))
                        .getBytes(StandardCharsets.UTF_8);
        try {
            if (wrong.length > 0) {
                channels.send(2 * n + 1, wrong, 0, wrong.length);
            }
        } catch (IOException e) {
            LOG.debug("A client of port {} of {} has left", port, at.pod(), e);
        }
    }
}
