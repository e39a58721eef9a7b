package dev.flotilla.remote.check;

import dev.flotilla.node.Check;
import dev.flotilla.node.Check.Answer;
import dev.flotilla.remote.engine.Engine;

/// All checks of containers: over the network by the node, within them by the engine.
public final class DockerChecks {
    private final Engine engine;
    private final Checker checker;

    public DockerChecks(Engine engine, Dialer dialer) {
        this.engine = engine;
        this.checker = new Checker(dialer);
    }

    public Answer ask(Check check) {
        return switch (check) {
            case Check.Exec exec -> ExecCheck.ask(engine, exec);
            case Check.Rest rest -> Rests.until(engine, rest);
            case Check.Http _, Check.Tcp _, Check.Grpc _ -> checker.ask(check);
        };
    }
}
