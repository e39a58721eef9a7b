package dev.flotilla.lab;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A master as a process of its own with three machines of the lab, one for all test classes that
/// ask for it. A class leaves nothing behind in it.
public final class LabCluster implements BeforeAllCallback {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String READY =
            "jsonpath={.status.conditions[?(@.type==\"Ready\")].status}";

    private final int minor;
    private @Nullable Running running;

    private LabCluster(int minor) {
        this.minor = minor;
    }

    /// @param minor of the oldest kubectl that will do
    public static LabCluster shared(int minor) {
        return new LabCluster(minor);
    }

    public Lab lab() {
        return running().lab;
    }

    public Master master() {
        return running().master;
    }

    public Kubectl kubectl() {
        return master().kubectl();
    }

    /// Waits until all of its machines are nodes that are Ready.
    public void whenReady() {
        running().whenReady();
    }

    private Running running() {
        var now = running;
        if (now == null) {
            throw new IllegalStateException("it begins with the first test");
        }
        return now;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Lab.check();
        Kubectl.assumeInstalled(minor);
        var hold = LabHold.of(context);
        running =
                context.getRoot()
                        .getStore(Namespace.create(LabCluster.class))
                        .computeIfAbsent(Running.class, _ -> Running.start(hold), Running.class);
    }

    /// Ends with the last test class.
    private static final class Running implements AutoCloseable {
        private final Lab lab;
        private final Master master;
        private final Path folder;

        private Running(Lab lab, Master master, Path folder) {
            this.lab = lab;
            this.master = master;
            this.folder = folder;
        }

        static Running start(LabHold hold) {
            var lab = Lab.up(3);
            lab.boot(hold);
            try {
                var folder = Files.createTempDirectory("flotilla-cluster");
                var running = new Running(lab, Master.start(folder), folder);
                lab.nodes().forEach(n -> running.master.kubectl().apply(n.machine()));
                running.whenReady();
                return running;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void whenReady() {
            for (var node : lab.nodes()) {
                Until.seen(
                        node.name() + " is Ready",
                        SOON,
                        () -> master.kubectl().ask("get", "node", node.name(), "-o", READY).out(),
                        "True"::equals);
            }
        }

        @Override
        public void close() throws IOException {
            master.close();
            lab.close();
            Command.run(SOON, List.of("rm", "-rf", folder.toString())).succeeded();
        }
    }
}
