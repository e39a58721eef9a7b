package dev.flotilla.server.stream;

import dev.flotilla.cluster.PodStreams.Refused;
import dev.flotilla.cluster.PodStreams.Running;
import dev.flotilla.cluster.PodStreams.Stdio;
import dev.flotilla.cluster.PodStreams.Unreachable;
import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.socket.TwoWay;
import dev.flotilla.server.socket.Upgrades;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/// One client with one process: a command that is run for it, or the container's own.
final class ProcessCall {
    private static final String PLAIN = "text/plain; charset=utf-8";

    /// Finds what the client is to be connected with.
    interface Finder {
        Running find() throws Unreachable, Refused;
    }

    /// @param command that is run; none if the process is there already
    void serve(Call call, Finder finder, List<String> command) throws IOException {
        var ends = Ends.of(call.query());
        if (Upgrades.isServed(call.request()) && !Upgrades.isSpdy(call.request())) {
            var protocol = TwoWay.protocol(call, SocketTerminal.PROTOCOLS);
            if (protocol.equals(SocketTerminal.V5)) {
                serveFirstThenFind(call, ends, finder, command);
            } else {
                serve(call, ends, finder, command, SocketTerminal::open, protocol);
            }
        } else if (Upgrades.isSpdy(call.request())) {
            var protocol = SpdyCarrier.protocol(call, SpdyTerminal.PROTOCOLS);
            serve(call, ends, finder, command, SpdyTerminal::open, protocol);
        } else {
            Answer.text(call, 400, PLAIN, SpdyCarrier.missing(call));
        }
    }

    private interface Opening {
        Terminal open(Call call, String protocol, Ends ends, Runnable gone) throws IOException;
    }

    private static void serve(
            Call call,
            Ends ends,
            Finder finder,
            List<String> command,
            Opening opening,
            String protocol)
            throws IOException {
        if (ends.none()) {
            Answer.text(call, 400, PLAIN, Ends.NONE);
            return;
        }
        try (var running = finder.find();
                var terminal = opening.open(call, protocol, ends, running::close)) {
            terminal.end(outcome(running, terminal, ends, command));
        } catch (Refused e) {
            Answer.text(call, 500, PLAIN, e.getMessage() + "\n");
        } catch (Unreachable e) {
            throw Refusal.unreachable("error dialing backend: " + e.getMessage());
        }
    }

    /// With the newest protocol a client hears in its own stream why it gets nothing: the server is
    /// the first that takes the request, and whom it asks may answer later.
    private static void serveFirstThenFind(
            Call call, Ends ends, Finder finder, List<String> command) throws IOException {
        var client = new Leaving();
        try (var terminal = SocketTerminal.open(call, SocketTerminal.V5, ends, client::left)) {
            Outcome outcome;
            if (ends.none()) {
                outcome = new Outcome.Failed("unable to upgrade connection: " + Ends.NONE);
            } else {
                try (var running = finder.find()) {
                    client.lets(running);
                    outcome = outcome(running, terminal, ends, command);
                } catch (Refused e) {
                    outcome = new Outcome.Failed("unable to upgrade connection: " + e.getMessage());
                } catch (Unreachable e) {
                    outcome = new Outcome.Failed("error dialing backend: " + e.getMessage());
                }
            }
            terminal.end(outcome);
        }
    }

    private static Outcome outcome(
            Running running, Terminal terminal, Ends ends, List<String> command)
            throws IOException {
        var what =
                command.isEmpty()
                        ? "error attaching to container: "
                        : "error executing command in container: ";
        try {
            int code =
                    running.connect(
                            new Stdio(
                                    terminal.in(),
                                    terminal.out(),
                                    terminal.err(),
                                    ends.tty(),
                                    LatestSize.from(terminal.sizes())));
            return code == 0 || command.isEmpty()
                    ? new Outcome.Success()
                    : new Outcome.Exited(command, code);
        } catch (Refused e) {
            return new Outcome.Failed(what + e.getMessage());
        } catch (IOException e) {
            return new Outcome.Failed(what + "the connection to it broke: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Lets go of a process when its client leaves, whichever comes first.
    private static final class Leaving {
        private boolean left;
        private @Nullable Running held;

        void left() {
            Running running;
            synchronized (this) {
                left = true;
                running = held;
            }
            if (running != null) {
                running.close();
            }
        }

        void lets(Running running) {
            boolean now;
            synchronized (this) {
                held = running;
                now = left;
            }
            if (now) {
                running.close();
            }
        }
    }
}
