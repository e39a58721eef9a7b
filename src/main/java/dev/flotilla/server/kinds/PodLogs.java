package dev.flotilla.server.kinds;

import dev.flotilla.cluster.PodStreams;
import dev.flotilla.cluster.PodStreams.Place;
import dev.flotilla.cluster.PodStreams.Refused;
import dev.flotilla.cluster.PodStreams.Unreachable;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Subresource;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Departure;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.call.Route;
import dev.flotilla.server.stream.ContainerChoice;

import io.fabric8.kubernetes.api.model.Pod;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Response;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// `pods/log`: what a container wrote, as text.
public final class PodLogs {
    private static final ResourceType OPTIONS =
            new ResourceType(
                    "",
                    "v1",
                    "",
                    "",
                    "PodLogOptions",
                    List.of(),
                    List.of(),
                    true,
                    Set.of(),
                    false,
                    false,
                    Pod.class);

    private final Registry registry;
    private final PodStreams streams;
    private final InstantSource time;

    public PodLogs(Registry registry, PodStreams streams, InstantSource time) {
        this.registry = registry;
        this.streams = streams;
        this.time = time;
    }

    void serve(Call call, Route.Resource at, ResourceType pods) throws IOException {
        if (!call.method().equals("GET")) {
            throw Refusal.methodNotAllowed();
        }
        var key = new ObjectKey(at.namespace(), at.name());
        var options = LogQuery.of(call.query(), OPTIONS, at.name(), time);
        var pod = registry.get(pods, key, Subresource.NONE);
        var container = ContainerChoice.of(pod, at.name(), call.query().text("container"));
        var node = pod.path("spec").path("nodeName").asString("");
        var gone = new Gone(Thread.currentThread());
        try (var out = new Text(call.response())) {
            try (var _ = Departure.of(call.request(), gone)) {
                if (!node.isEmpty()) {
                    streams.log(new Place(node, key, container), options, out);
                }
            } finally {
                gone.close();
            }
            out.end();
        } catch (Refused e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        } catch (Unreachable e) {
            throw Refusal.unreachable(
                    "Get \"https://%s:10250/containerLogs/%s/%s/%s\": %s"
                            .formatted(node, at.namespace(), at.name(), container, e.getMessage()));
        } catch (InterruptedException e) {
            if (gone.left()) {
                throw new EofException("the client left while a log was streamed", e);
            }
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a log was streamed", e);
        }
    }

    /// Wakes who streams to a client that has left: nothing need ever be written to him, so nothing
    /// else would tell.
    private static final class Gone implements Runnable, AutoCloseable {
        private final ReentrantLock lock = new ReentrantLock();
        private final Thread serving;
        private boolean left;
        private boolean closed;

        Gone(Thread serving) {
            this.serving = serving;
        }

        @Override
        public void run() {
            lock.lock();
            try {
                if (!closed) {
                    left = true;
                    serving.interrupt();
                }
            } finally {
                lock.unlock();
            }
        }

        boolean left() {
            lock.lock();
            try {
                return left;
            } finally {
                lock.unlock();
            }
        }

        /// By the serving thread, which is not to be woken for this any more.
        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                if (left) {
                    boolean _ = Thread.interrupted();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /// The answer's body, which begins with the first byte and reaches the client at once.
    private static final class Text extends OutputStream {
        private final Response response;
        private boolean begun;

        Text(Response response) {
            this.response = response;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            begin();
            Content.Sink.write(response, false, ByteBuffer.wrap(bytes, from, count));
        }

        void end() throws IOException {
            begin();
            Content.Sink.write(response, true, ByteBuffer.allocate(0));
        }

        private void begin() {
            if (!begun) {
                begun = true;
                response.setStatus(200);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
                response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache, private");
            }
        }
    }
}
