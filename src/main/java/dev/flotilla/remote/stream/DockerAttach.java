package dev.flotilla.remote.stream;

import dev.flotilla.cluster.PodStreams.Refused;
import dev.flotilla.cluster.PodStreams.Running;
import dev.flotilla.cluster.PodStreams.Size;
import dev.flotilla.cluster.PodStreams.Stdio;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.remote.engine.Engine;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// A container's own process.
final class DockerAttach implements Running {
    private final Engine engine;
    private final String container;
    private final boolean tty;
    private final Talk talk;

    /// @param once whether the process hears no more after its first client's last word; the engine
    ///   would else let a client that has said all hear nothing more either
    DockerAttach(Engine engine, String container, boolean tty, boolean once) {
        this.talk = new Talk(this::resize, once && !tty);
        this.engine = engine;
        this.container = container;
        this.tty = tty;
    }

    @Override
    public int connect(Stdio io) throws IOException, Refused {
        var path =
                "/containers/%s/attach?stream=1&stdin=%d&stdout=%d&stderr=%d"
                        .formatted(container, is(io.in()), is(io.out()), is(tty ? null : io.err()));
        try {
            talk.run(engine.hijack("attach to a container", path, ""), io, tty);
            return 0;
        } catch (RefusedByEngine e) {
            throw new Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeUnavailable e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static int is(@Nullable Object end) {
        return end == null ? 0 : 1;
    }

    private void resize(Size size) {
        Resizing.once(engine, "/containers/" + container, size);
    }

    @Override
    public void close() {
        talk.close();
    }
}
