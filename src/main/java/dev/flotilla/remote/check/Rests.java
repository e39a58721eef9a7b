package dev.flotilla.remote.check;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.WaitResponse;

import dev.flotilla.node.Check;
import dev.flotilla.node.Check.Answer;
import dev.flotilla.remote.engine.Engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/// Time that passes while a container runs.
final class Rests {
    private Rests() {}

    static Answer until(Engine engine, Check.Rest rest) {
        return engine.ask("wait for the end of a container", c -> until(c, rest));
    }

    private static Answer until(DockerClient client, Check.Rest rest) {
        var end = new ResultCallback.Adapter<WaitResponse>();
        try (end) {
            boolean _ =
                    client.waitContainerCmd(rest.containerId())
                            .exec(end)
                            .awaitCompletion(rest.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return Answer.WELL;
        } catch (NotFoundException e) {
            return Answer.WELL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
