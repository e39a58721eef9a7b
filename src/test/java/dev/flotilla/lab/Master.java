package dev.flotilla.lab;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `flotilla master` as a process of its own, on a free port, that can be killed and started again
/// on the same data.
public final class Master implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final List<String> command;
    private final Path folder;
    private final List<String> flags;
    private @Nullable Process process;

    private Master(List<String> command, Path folder, List<String> flags) {
        this.command = command;
        this.folder = folder;
        this.flags = flags;
    }

    /// Starts one and waits until it says that it is ready.
    ///
    /// @param folder for its data, its kubeconfig and what it printed
    public static Master start(Path folder, String... flags) throws IOException {
        return start(new Master(classes(), folder, List.of(flags)));
    }

    /// Starts the one that was packaged.
    ///
    /// @param home with bin/flotilla in it
    public static Master startPackaged(Path home, Path folder, String... flags) throws IOException {
        var command = List.of(home.resolve("bin/flotilla").toString());
        return start(new Master(command, folder, List.of(flags)));
    }

    private static Master start(Master master) throws IOException {
        try {
            master.start();
            return master;
        } catch (IOException | RuntimeException | AssertionError e) {
            master.kill(); // nobody else can
            throw e;
        }
    }

    /// Again, on the same data.
    public void start() throws IOException {
        var argv = new ArrayList<>(command);
        argv.addAll(
                List.of(
                        "master",
                        "--data",
                        folder.resolve("data").toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--kubeconfig",
                        kubeconfig().toString(),
                        // The disk is this computer's, however full.
                        "--eviction-hard",
                        "memory.available<100Mi"));
        argv.addAll(flags);
        Files.deleteIfExists(log());
        var started =
                new ProcessBuilder(argv)
                        .redirectErrorStream(true)
                        .redirectOutput(log().toFile())
                        .start();
        process = started;
        Until.seen(
                "the master says that it is ready",
                START,
                this::said,
                said -> {
                    if (!started.isAlive()) {
                        throw new AssertionError("the master ended:\n" + said);
                    }
                    return said.lines().anyMatch(l -> l.startsWith("ready https://"));
                });
    }

    /// `kill -9`.
    public void kill() {
        var running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    /// Of the one that was started last.
    public long pid() {
        var running = process;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running.pid();
    }

    public Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    public Kubectl kubectl() {
        return new Kubectl(kubeconfig());
    }

    /// What it printed since its last start.
    public String said() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + log(), e);
        }
    }

    /// Asks it to end, as Ctrl+C does.
    @Override
    public void close() {
        var running = process;
        if (running != null) {
            running.destroy();
            running.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    private static List<String> classes() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx1g", // as packages have it
                "-XX:+UseCompactObjectHeaders",
                "-XX:MaxTenuringThreshold=1",
                "-XX:GCTimeRatio=99",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                "dev.flotilla.app.Main");
    }

    private Path log() {
        return folder.resolve("master.log");
    }

    /// This JVM's class path without the tests. Failsafe keeps the real one in a property.
    private static String classPath() {
        var all =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
