package dev.flotilla.server;

import dev.flotilla.cluster.PodStreams;
import dev.flotilla.model.ObjectKey;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// A node side on which every container is this computer: commands run here, ports are ours.
final class LocalStreams implements PodStreams {
    /// Processes whose client left before their end.
    final Semaphore left = new Semaphore(0);

    /// What commands and ports stand for others.
    final Map<Integer, Integer> ports = new ConcurrentHashMap<>();

    final List<Size> sizes = new ArrayList<>();

    @Override
    public void log(Place at, LogOptions options, OutputStream out) throws IOException, Refused {
        if (at.container().equals("talks")) {
            out.write("first\nsecond\n".getBytes(StandardCharsets.UTF_8));
            return;
        }
        throw new Refused(
                "container \"%s\" in pod \"%s\" is waiting to start: ContainerCreating"
                        .formatted(at.container(), at.pod().name()));
    }

    @Override
    public Running exec(Place at, List<String> command) throws Refused, Unreachable {
        check(at);
        return new Local(command);
    }

    @Override
    public Running attach(Place at) throws Refused, Unreachable {
        check(at);
        return new Local(List.of("sh", "-c", "echo attached; cat; echo detached"));
    }

    @Override
    public Ports ports(String node, ObjectKey pod) {
        return port -> {
            var ours = ports.get(port);
            if (ours == null) {
                throw new IOException("connect: connection refused");
            }
            return new Socket(InetAddress.getLoopbackAddress(), ours);
        };
    }

    private static void check(Place at) throws Refused, Unreachable {
        if (at.node().equals("lost")) {
            throw new Unreachable("dial tcp: no route to host");
        }
        if (at.container().equals("missing")) {
            throw new Refused("container not found (\"missing\")");
        }
    }

    private final class Local implements Running {
        private final List<String> command;
        private volatile @Nullable Process process;

        Local(List<String> command) {
            this.command = command;
        }

        @Override
        public int connect(Stdio io) throws IOException, InterruptedException {
            var builder = new ProcessBuilder(command);
            builder.redirectErrorStream(io.tty());
            var begun = builder.start();
            process = begun;
            var out = thread(begun.getInputStream(), io.out());
            var err = thread(begun.getErrorStream(), io.err());
            if (io.in() == null) {
                begun.getOutputStream().close();
            } else {
                var in = io.in();
                var _ = blocking(() -> feed(in, begun));
            }
            Thread.startVirtualThread(() -> follow(io.sizes()));
            int code = begun.waitFor();
            out.join();
            err.join();
            return code;
        }

        /// Who hears no more is let be; the client's leaving ends it.
        private static void feed(InputStream in, Process process) {
            try (var out = process.getOutputStream()) {
                var buffer = new byte[8192];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    out.write(buffer, 0, n);
                    out.flush();
                }
            } catch (IOException e) {
                // One of them is gone: the server lets go of the process if it is the client.
            }
        }

        private void follow(Sizes all) {
            try {
                for (var size = all.next(); size != null; size = all.next()) {
                    synchronized (sizes) {
                        sizes.add(size);
                        sizes.notifyAll();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Thread thread(InputStream from, @Nullable OutputStream to) {
            var sink = to == null ? OutputStream.nullOutputStream() : to;
            return blocking(
                    () -> {
                        try (sink) {
                            from.transferTo(sink);
                        } catch (IOException e) {
                            close();
                        }
                    });
        }

        /// A pipe of a process that is read holds a virtual thread's carrier, and there are two.
        private static Thread blocking(Runnable work) {
            return Thread.ofPlatform().daemon().start(work);
        }

        @Override
        public void close() {
            var begun = process;
            if (begun != null && begun.isAlive()) {
                begun.descendants().forEach(ProcessHandle::destroyForcibly);
                begun.destroyForcibly();
                left.release();
            }
        }
    }
}
