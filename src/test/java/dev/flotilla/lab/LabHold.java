package dev.flotilla.lab;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/// This machine's lab, for as long as this JVM has it. A child process holds the lock, and cleans
/// up when the JVM is gone, however it went.
final class LabHold implements AutoCloseable {
    private final Process holder;

    /// The first nodes bring the network with them.
    private final ReentrantLock booting = new ReentrantLock();

    private LabHold(Process holder) {
        this.holder = holder;
    }

    /// The one of all test classes, which is let go of after the last.
    static LabHold of(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(LabHold.class))
                .computeIfAbsent(LabHold.class, _ -> take(), LabHold.class);
    }

    /// Waits for it.
    static LabHold take() {
        try {
            var process =
                    new ProcessBuilder("setsid", Lab.tool(), "hold")
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            var said = process.inputReader(StandardCharsets.UTF_8).readLine();
            if (!"held".equals(said)) {
                throw new IllegalStateException("lab hold said " + said);
            }
            return new LabHold(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param from the first node's number
    /// @param to the last one's
    void boot(int from, int to) {
        booting.lock();
        try {
            Lab.script("up", String.valueOf(from), String.valueOf(to));
        } finally {
            booting.unlock();
        }
    }

    /// Takes nodes away with all that is on them.
    void drop(int from, int to) {
        Lab.script("drop", String.valueOf(from), String.valueOf(to));
    }

    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        holder.onExit().join();
    }
}
