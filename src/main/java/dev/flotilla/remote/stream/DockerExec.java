package dev.flotilla.remote.stream;

import com.github.dockerjava.api.command.InspectExecResponse;

import dev.flotilla.cluster.PodStreams.Refused;
import dev.flotilla.cluster.PodStreams.Running;
import dev.flotilla.cluster.PodStreams.Stdio;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.remote.engine.Engine;
import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.NodeHost;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A command that is run in a container for a client.
final class DockerExec implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(DockerExec.class);

    /// How long the engine may take to notice the end of a process whose output has ended.
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int LOOKS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Engine engine;
    private final NodeHost host;
    private final String container;
    private final List<String> command;
    private volatile String id = "";
    private volatile boolean hasTerminal;
    private final Talk talk =
            new Talk(size -> Resizing.once(this.engine(), "/exec/" + id, size), true);

    DockerExec(Engine engine, NodeHost host, String container, List<String> command) {
        this.engine = engine;
        this.host = host;
        this.container = container;
        this.command = List.copyOf(command);
    }

    private Engine engine() {
        return engine;
    }

    @Override
    public int connect(Stdio io) throws IOException, Refused {
        try {
            id = create(io);
            hasTerminal = io.tty();
            var how = engine.json().createObjectNode().put("Detach", false).put("Tty", io.tty());
            var path = "/exec/" + id + "/start";
            talk.run(engine.hijack("run a command", path, how.toString()), io, io.tty());
            return exitCode();
        } catch (RefusedByEngine e) {
            throw new Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeUnavailable e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            if (talk.isClosed() && hasTerminal) {
                hangUp();
            }
        }
    }

    private String create(Stdio io) throws IOException {
        var wanted = engine.json().createObjectNode();
        wanted.put("AttachStdin", io.in() != null)
                .put("AttachStdout", io.out() != null)
                .put("AttachStderr", io.err() != null)
                .put("Tty", io.tty());
        var words = wanted.putArray("Cmd");
        command.forEach(words::add);
        var path = "/containers/" + container + "/exec";
        try (var answer = engine.raw("prepare a command", path, wanted)) {
            return engine.json().readTree(answer.getBody()).path("Id").asText();
        }
    }

    private int exitCode() {
        var seen = inspect();
        for (int i = 0; i < LOOKS && Boolean.TRUE.equals(seen.isRunning()); i++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            seen = inspect();
        }
        var code = seen.getExitCodeLong();
        return code == null ? 0 : code.intValue();
    }

    private InspectExecResponse inspect() {
        return engine.ask("inspect a command", c -> c.inspectExecCmd(id).exec());
    }

    /// The engine keeps the terminal of a command whose client has left, and so the command; a
    /// terminal that goes away says so to its processes.
    private void hangUp() {
        try {
            var seen = inspect();
            var pid = seen.getPidLong();
            if (Boolean.TRUE.equals(seen.isRunning()) && pid != null && pid > 1) {
                var said =
                        host.runAsRoot(
                                Argv.of("kill", "-HUP", pid.toString()), new byte[0], PATIENCE);
                LOG.debug("process {} was hung up: {}", pid, said);
            }
        } catch (RefusedByEngine | RuntimeUnavailable e) {
            LOG.debug("A command whose client has left may go on: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        talk.close();
    }
}
