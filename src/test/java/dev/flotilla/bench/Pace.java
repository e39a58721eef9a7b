package dev.flotilla.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/// Creates at an even pace over one connection, whether or not those before were answered; but no
/// more are under way at once than a server allows a connection.
record Pace(Target target, int perSecond) {
    private static final int AT_ONCE = 200;
    private static final int PATIENCE_SECONDS = 30;

    /// @return how many were created
    long run(String path, LongFunction<String> body, Duration length)
            throws IOException, InterruptedException {
        long count = length.toSeconds() * perSecond;
        var room = new Semaphore(AT_ONCE);
        try (var line = target.line()) {
            Thread.ofPlatform().daemon().start(() -> read(line, room));
            var head = line.head("POST", path);
            long began = System.nanoTime();
            for (long i = 0; i < count; i++) {
                long due = began + i * 1_000_000_000L / perSecond;
                for (long left = due - System.nanoTime();
                        left > 0;
                        left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                await(room, 1);
                line.send(head, body.apply(i).getBytes(StandardCharsets.UTF_8));
                line.flush();
            }
            await(room, AT_ONCE);
        }
        return count;
    }

    private static void await(Semaphore room, int places) throws IOException, InterruptedException {
        if (!room.tryAcquire(places, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("creates were not answered");
        }
    }

    private static void read(Line line, Semaphore room) {
        try {
            while (true) {
                line.read(
                        new Line.Answers() {
                            @Override
                            public void part(int stream, byte[] bytes, int length) {}

                            @Override
                            public void end(int stream, int status) throws IOException {
                                if (status != 201) {
                                    throw new IOException("a create was answered with " + status);
                                }
                                room.release();
                            }
                        });
            }
        } catch (IOException e) {
            // Ended, or who waits for answers says that there are none.
        }
    }
}
