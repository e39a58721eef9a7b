package dev.flotilla.remote.link;

import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/// The machine around an engine: what the engine itself doesn't tell of it.
public sealed interface NodeHost {
    /// Under which the node's pods and ports are reached from here.
    String address();

    /// Changes with every boot; empty if unknown.
    String bootId();

    /// Runs a command with the rights of root to its end, with `input` as its standard input.
    ///
    /// @throws RuntimeUnavailable if it can't be run or takes longer than `patience`
    CommandResult runAsRoot(Argv command, byte[] input, Duration patience);

    /// Connects to an address as the machine itself reaches it.
    Socket dial(String address, int port, Duration patience) throws IOException;

    /// Starts a process on it.
    Peer start(Argv command) throws IOException;

    /// Starts a process on it with the rights of root.
    Peer startAsRoot(Argv command) throws IOException;

    /// Connects to a Unix socket of it.
    Socket reach(String path) throws IOException;

    record Far(SshLink link) implements NodeHost {
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        @Override
        public String address() {
            return link.session().address();
        }

        @Override
        public String bootId() {
            var said =
                    link.session()
                            .run(Argv.of("cat", BootId.RANDOM, BootId.FIRST_PROCESS), PATIENCE);
            return said.ok() ? BootId.of(said.output()) : "";
        }

        @Override
        public CommandResult runAsRoot(Argv command, byte[] input, Duration patience) {
            var session = link.session();
            return session.run(command.asRoot(session.target().user()), input, patience);
        }

        @Override
        public Socket dial(String address, int port, Duration patience) throws IOException {
            return link.session().tcp(address, port);
        }

        @Override
        public Peer start(Argv command) throws IOException {
            return link.session().start(command);
        }

        @Override
        public Peer startAsRoot(Argv command) throws IOException {
            var session = link.session();
            return session.start(command.asRoot(session.target().user()));
        }

        @Override
        public Socket reach(String path) throws IOException {
            return connected(link.session().socket(path));
        }
    }

    record Here() implements NodeHost {
        @Override
        public String address() {
            return InetAddress.getLoopbackAddress().getHostAddress();
        }

        @Override
        public String bootId() {
            try {
                return BootId.of(
                        Files.readString(Path.of(BootId.RANDOM))
                                + Files.readString(Path.of(BootId.FIRST_PROCESS)));
            } catch (IOException _) {
                return "";
            }
        }

        @Override
        public CommandResult runAsRoot(Argv command, byte[] input, Duration patience) {
            var user = System.getProperty("user.name", "");
            return LocalCommand.run(command.asRoot(user), input, patience);
        }

        @Override
        public Socket dial(String address, int port, Duration patience) throws IOException {
            var socket = new Socket();
            try {
                socket.connect(
                        new InetSocketAddress(address, port), Math.toIntExact(patience.toMillis()));
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        @Override
        public Peer start(Argv command) throws IOException {
            return LocalPeer.start(command);
        }

        @Override
        public Peer startAsRoot(Argv command) throws IOException {
            return LocalPeer.start(command.asRoot(System.getProperty("user.name", "")));
        }

        @Override
        public Socket reach(String path) throws IOException {
            return connected(new UnixSocket(Path.of(path)));
        }
    }

    /// A Unix socket knows its own address.
    private static Socket connected(Socket socket) throws IOException {
        try {
            socket.connect(InetSocketAddress.createUnresolved("", 0));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// The kernel's boot id with the time its first process began: a container that plays a machine
    /// shares the kernel of others.
    final class BootId {
        static final String RANDOM = "/proc/sys/kernel/random/boot_id";
        static final String FIRST_PROCESS = "/proc/1/stat";

        private static final Pattern FORM =
                Pattern.compile("^([0-9a-f-]{36})\\n.*\\) ((?:\\S+ ){20})", Pattern.DOTALL);

        private BootId() {}

        static String of(String text) {
            var found = FORM.matcher(text);
            if (!found.find()) {
                return "";
            }
            var fields = found.group(2).split(" ");
            return found.group(1) + "-" + fields[19];
        }
    }
}
