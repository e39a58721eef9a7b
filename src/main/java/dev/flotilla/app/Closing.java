package dev.flotilla.app;

import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Deque;

/// What has to be closed, last opened first. One that fails to close does not keep the others open.
final class Closing implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            var part = open.pop();
            try {
                part.close();
            } catch (Exception e) {
                LoggerFactory.getLogger(Closing.class)
                        .warn(
                                "{} did not close: {}",
                                part.getClass().getSimpleName(),
                                e.toString());
            }
        }
    }
}
