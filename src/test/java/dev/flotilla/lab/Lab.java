package dev.flotilla.lab;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.io.UncheckedIOException;
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
/// One lab at a time on a machine, for all classes of a JVM; other JVMs wait, see [LabHold]. In it
/// [#pair] and [#single] are nodes of their own, so that three classes may run at a time. Where no
/// lab can run the class is skipped with the reason, or fails when the environment says
/// `FLOTILLA_LAB=required`.
public final class Lab implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
    /// Passwords that every node's sshd takes. `stranger` may not use Docker, the others may.
    public static final String ROOT_PASSWORD = "root-of-the-lab";

    public static final String SAILOR_PASSWORD = "sailor-of-the-lab";
    public static final String STRANGER_PASSWORD = "stranger-of-the-lab";

    private static final Path SCRIPTS = Path.of("src/test/lab").toAbsolutePath();
    private static final Path STATE = Path.of("/var/tmp/flotilla-lab/state");

    /// Of the nodes that have numbers below those of the others.
    private static final int MOST = 3;

    private final int before;
    private final int size;
    private @Nullable LabHold hold;
    private boolean alone;

    private Lab(int before, int size) {
        this.before = before;
        this.size = size;
    }

    /// Nodes 1…`nodes`, at most three, booted with sshd and Docker ready before the first test.
    public static Lab up(int nodes) {
        return new Lab(0, nodes);
    }

    /// Two others, for a class that is [LabPair].
    public static Lab pair() {
        return new Lab(MOST, 2);
    }

    /// One more, for a class that is [LabSingle].
    public static Lab single() {
        return new Lab(MOST + 2, 1);
    }

    /// @param number from 1, whatever its name
    public LabNode node(int number) {
        return new LabNode(before + Objects.checkIndex(number - 1, size) + 1, STATE);
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
    public void beforeAll(ExtensionContext context) {
        check();
        boot(LabHold.of(context));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end();
    }

    /// Skips or fails where no lab can run.
    static void check() {
        var reason = whyNot();
        if (!reason.isEmpty()) {
            if ("required".equals(System.getenv("FLOTILLA_LAB"))) {
                Assertions.fail("FLOTILLA_LAB=required, but the lab " + reason);
            }
            Assumptions.abort("the lab " + reason);
        }
    }

    /// Boots it, for who is no test class.
    public void open() {
        alone = true;
        boot(LabHold.take());
    }

    void boot(LabHold held) {
        hold = held;
        held.boot(before + 1, before + size);
    }

    private void end() {
        var held = hold;
        if (held != null) {
            held.drop(before + 1, before + size);
            hold = null;
        }
    }

    @Override
    public void close() {
        var held = hold;
        end();
        if (held != null && alone) {
            held.close();
        }
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
