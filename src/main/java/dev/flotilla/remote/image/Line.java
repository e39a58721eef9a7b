package dev.flotilla.remote.image;

import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.SshLink;

import java.time.Duration;

/// How fast the line to a machine is: found out by sending it what it throws away.
///
/// @param link to the machine
record Line(SshLink link) {
    /// Bytes a second. Packing alone takes several times as many, on one core of a usual computer:
    /// on a line of 100 Mbit/s gzip is never what is waited for.
    private static final double SLOW = 12e6;

    private static final int PROBE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final double SURELY = 1.0;

    /// A busy moment makes a fast line look slow, so what looks slow is asked once more.
    boolean isSlow() {
        try {
            double idle = seconds(new byte[0]);
            var probe = new byte[PROBE];
            double first = seconds(probe) - idle;
            if (first < PROBE / SLOW) {
                return false;
            }
            return first > SURELY || seconds(probe) - idle >= PROBE / SLOW;
        } catch (RuntimeUnavailable e) {
            return false;
        }
    }

    private double seconds(byte[] bytes) {
        long began = System.nanoTime();
        var _ = link.session().run(Argv.of("sh", "-c", "cat > /dev/null"), bytes, PATIENCE);
        return (System.nanoTime() - began) / 1e9;
    }
}
