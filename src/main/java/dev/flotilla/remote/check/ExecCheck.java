package dev.flotilla.remote.check;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;

import dev.flotilla.node.Check;
import dev.flotilla.node.Check.Answer;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.remote.engine.Engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A command in a container, run to its end.
final class ExecCheck {
    private static final int MOST_WORDS = 10_240;

    private ExecCheck() {}

    static Answer ask(Engine engine, Check.Exec check) {
        try {
            return engine.ask("run a command in a container", c -> run(c, check));
        } catch (RefusedByEngine e) {
            return Answer.unwell(String.valueOf(e.getMessage()));
        }
    }

    private static Answer run(DockerClient client, Check.Exec check) {
        try {
            var exec =
                    client.execCreateCmd(check.containerId())
                            .withAttachStdout(true)
                            .withAttachStderr(true)
                            .withCmd(check.command().toArray(String[]::new))
                            .exec()
                            .getId();
            var said = new Said();
            try (said) {
                client.execStartCmd(exec).exec(said);
                if (!said.awaitCompletion(check.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                    return Answer.unwell("command timed out after " + words(check.timeout()));
                }
            }
            var code = client.inspectExecCmd(exec).exec().getExitCodeLong();
            return code != null && code == 0 ? Answer.WELL : Answer.unwell(said.text());
        } catch (NotFoundException | ConflictException e) {
            return Answer.unwell("the container does not run");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String words(Duration time) {
        return time.toSeconds() + "s";
    }

    private static final class Said extends ResultCallback.Adapter<Frame> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized void onNext(Frame frame) {
            var payload = frame.getPayload();
            bytes.write(payload, 0, Math.min(payload.length, MOST_WORDS - bytes.size()));
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
