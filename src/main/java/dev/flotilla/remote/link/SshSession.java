package dev.flotilla.remote.link;

import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;

import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One SSH connection that stands, until it falls. Many channels at once.
public final class SshSession implements AutoCloseable {
    private static final int MOST_OUTPUT = 1 << 20;

    private final SshTarget target;
    private final SSHClient client;

    SshSession(SshTarget target, SSHClient client) {
        this.target = target;
        this.client = client;
    }

    public SshTarget target() {
        return target;
    }

    /// The IP address that the name stood for.
    public String address() {
        return client.getRemoteSocketAddress().getAddress().getHostAddress();
    }

    public boolean alive() {
        return client.isConnected() && client.getTransport().isRunning();
    }

    /// Runs a command to its end.
    ///
    /// @throws RuntimeUnavailable if the link breaks or the command takes longer than `patience`
    public CommandResult run(Argv command, Duration patience) {
        return run(command, "", patience);
    }

    /// Runs a command to its end with `input` as its standard input.
    public CommandResult run(Argv command, String input, Duration patience) {
        return run(command, input.getBytes(StandardCharsets.UTF_8), patience);
    }

    /// Runs a command to its end with `input` as its standard input.
    public CommandResult run(Argv command, byte[] input, Duration patience) {
        try (var session = client.startSession();
                var running = session.exec(command.shell())) {
            var output = new Drain(running.getInputStream());
            var errors = new Drain(running.getErrorStream());
            feed(running, input);
            running.join(patience.toMillis(), TimeUnit.MILLISECONDS);
            var code = running.getExitStatus();
            return new CommandResult(code == null ? -1 : code, output.text(), errors.text());
        } catch (IOException e) {
            throw new RuntimeUnavailable(
                    "'%s' on %s did not come to its end: %s"
                            .formatted(command, target, e.getMessage()),
                    e);
        }
    }

    private static void feed(Session.Command running, byte[] input) {
        try (var in = running.getOutputStream()) {
            in.write(input);
        } catch (IOException _) {
            // It ended before it read all: its exit code tells.
        }
    }

    /// Starts a command whose input and output stay open.
    public Peer start(Argv command) throws IOException {
        var session = client.startSession();
        try {
            return new RemotePeer(session, session.exec(command.shell()));
        } catch (IOException e) {
            session.close();
            throw e;
        }
    }

    /// A socket that reaches a Unix socket of the machine once it is connected.
    public Socket socket(String path) throws IOException {
        return new ChannelSocket(() -> FarChannel.unix(client.getConnection(), path));
    }

    /// A connection to an address as the machine itself reaches it.
    ///
    /// @throws IOException if the machine can't open it
    Socket tcp(String address, int port) throws IOException {
        var socket = new ChannelSocket(() -> FarChannel.tcp(client.getConnection(), address, port));
        socket.connect(InetSocketAddress.createUnresolved(address, port));
        return socket;
    }

    /// Waits until the link is gone.
    void awaitEnd() {
        try {
            client.getTransport().join();
        } catch (IOException _) {
            // Gone with an error is gone.
        }
    }

    @Override
    public void close() {
        quietly(client);
    }

    static void quietly(SSHClient client) {
        try {
            client.disconnect();
        } catch (IOException _) {
            // It was to end anyway.
        }
    }

    private record RemotePeer(Session session, Session.Command command) implements Peer {
        @Override
        public InputStream output() {
            return command.getInputStream();
        }

        @Override
        public OutputStream input() {
            return command.getOutputStream();
        }

        @Override
        public void close() {
            try {
                session.close();
            } catch (IOException _) {
                // The link is gone, and the command with it.
            }
        }
    }

    /// Reads a stream to its end beside the command, so that a full pipe stops nothing.
    private static final class Drain {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final CountDownLatch ended = new CountDownLatch(1);

        Drain(InputStream stream) {
            Thread.ofVirtual().name("ssh output").start(() -> read(stream));
        }

        private void read(InputStream stream) {
            var buffer = new byte[8192];
            try {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    keep(buffer, Math.min(n, MOST_OUTPUT - kept.size()));
                }
            } catch (IOException _) {
                // The command's end tells of it.
            } finally {
                ended.countDown();
            }
        }

        private void keep(byte[] buffer, int n) {
            synchronized (kept) {
                kept.write(buffer, 0, n);
            }
        }

        String text() {
            try {
                ended.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            synchronized (kept) {
                return kept.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
