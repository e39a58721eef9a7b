package dev.flotilla.lab;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// VMs for a test class, fresh ones for each, gone when it ends:
///
/// ```java
/// @RegisterExtension static final Lab lab = Lab.up(3);
/// @Test void survives() { lab.node(2).powerOff(); … }
/// ```
///
/// One lab at a time on a machine: others wait. A child process holds the lock and cleans up when
/// this JVM is gone, however it went. Where no lab can run the class is skipped with the reason, or
/// fails when the environment says `FLOTILLA_LAB=required`.
public final class Lab implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
    /// Passwords that every node's sshd takes. `stranger` may not use Docker, the others may.
    public static final String ROOT_PASSWORD = "root-of-the-lab";

    public static final String SAILOR_PASSWORD = "sailor-of-the-lab";
    public static final String STRANGER_PASSWORD = "stranger-of-the-lab";

    private static final Path SCRIPTS = Path.of("src/test/lab").toAbsolutePath();
    private static final Path STATE = Path.of("/var/tmp/flotilla-lab/state");

    private final int size;
    private @Nullable Process holder;

    private Lab(int size) {
        this.size = size;
    }

    /// A lab of nodes 1…`nodes`, booted with sshd and Docker ready before the first test.
    public static Lab up(int nodes) {
        return new Lab(nodes);
    }

    /// @param number from 1
    public LabNode node(int number) {
        return new LabNode(Objects.checkIndex(number - 1, size) + 1, STATE);
    }

    public List<LabNode> nodes() {
        return IntStream.rangeClosed(1, size).mapToObj(this::node).toList();
    }

    /// The key that opens root, sailor and stranger on every node, as OpenSSH writes private keys.
    public String privateKey() {
        try {
            return Files.readString(STATE.resolve("key"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        var reason = whyNot();
        if (!reason.isEmpty()) {
            if ("required".equals(System.getenv("FLOTILLA_LAB"))) {
                Assertions.fail("FLOTILLA_LAB=required, but the lab " + reason);
            }
            Assumptions.abort("the lab " + reason);
        }
        open();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        close();
    }

    /// Boots it, for who is no test class.
    public void open() throws IOException {
        holder = hold();
        script("up", String.valueOf(size));
    }

    @Override
    public void close() throws IOException {
        var held = holder;
        if (held != null) {
            held.getOutputStream().close();
            held.onExit().join();
        }
    }

    private static Process hold() throws IOException {
        var process =
                new ProcessBuilder("setsid", tool(), "hold")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var said = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (!"held".equals(said)) {
            throw new IllegalStateException("lab hold said " + said);
        }
        return process;
    }

    private static String whyNot() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "needs Linux";
        }
        return run(SCRIPTS.resolve("prepare").toString(), "--check").succeeded().out().strip();
    }

    static String tool() {
        return SCRIPTS.resolve("lab").toString();
    }

    static Command script(String... words) {
        var argv = new ArrayList<>(List.of(tool()));
        argv.addAll(List.of(words));
        return run(argv.toArray(String[]::new)).succeeded();
    }

    static Command run(String... argv) {
        return Command.run(Duration.ofMinutes(2), List.of(argv));
    }
}
