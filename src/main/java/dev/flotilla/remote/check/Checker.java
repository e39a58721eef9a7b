package dev.flotilla.remote.check;

import dev.flotilla.node.Check;
import dev.flotilla.node.Check.Answer;

import java.io.IOException;

/// Checks over the network, made from a node.
final class Checker {
    private final Dialer dialer;

    Checker(Dialer dialer) {
        this.dialer = dialer;
    }

    /// @param check no [Check.Exec] and no [Check.Rest]
    Answer ask(Check check) {
        try {
            return switch (check) {
                case Check.Http http -> HttpCheck.ask(http, dialer);
                case Check.Tcp tcp -> connect(tcp);
                case Check.Grpc grpc -> GrpcCheck.ask(grpc, dialer);
                case Check.Exec _, Check.Rest _ ->
                        throw new IllegalArgumentException("not over the network");
            };
        } catch (IOException e) {
            return Answer.unwell(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private Answer connect(Check.Tcp tcp) throws IOException {
        dialer.dial(tcp.address(), tcp.port(), tcp.timeout()).close();
        return Answer.WELL;
    }
}
