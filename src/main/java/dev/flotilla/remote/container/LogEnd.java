package dev.flotilla.remote.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;

import dev.flotilla.node.ContainerRuntime.Will;
import dev.flotilla.remote.engine.Engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The last that a container wrote.
final class LogEnd {
    private LogEnd() {}

    static String of(Engine engine, Will will) {
        return engine.ask("show the end of a log", c -> of(c, will));
    }

    private static String of(DockerClient client, Will will) {
        var said = new Said(will.logBytes());
        try {
            client.logContainerCmd(will.containerId())
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(will.logLines())
                    .exec(said)
                    .awaitCompletion();
        } catch (NotFoundException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return said.text();
    }

    private static final class Said extends ResultCallback.Adapter<Frame> {
        private final int most;
        private byte[] bytes = new byte[0];

        Said(int most) {
            this.most = most;
        }

        @Override
        public synchronized void onNext(Frame frame) {
            var all = new ByteArrayOutputStream();
            all.writeBytes(bytes);
            all.writeBytes(frame.getPayload());
            var whole = all.toByteArray();
            bytes = Arrays.copyOfRange(whole, Math.max(0, whole.length - most), whole.length);
        }

        synchronized String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
