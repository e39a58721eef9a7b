package dev.flotilla.provision;

import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.SshSession;

import java.time.Duration;
import java.util.Optional;

/// A node passes packets on for its pods, or they reach nobody.
final class Forwarding {
    static final String STEP = "Prepare the network";

    private static final String SWITCH = "/proc/sys/net/ipv4/ip_forward";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Forwarding() {}

    /// Docker turns it on where it may; some hosts turn it off again.
    static Optional<Failure> ensure(SshSession session) {
        if (session.run(Argv.of("cat", SWITCH), PATIENCE).output().strip().equals("1")) {
            return Optional.empty();
        }
        var user = session.target().user();
        var order = Argv.of("sysctl", "-w", "net.ipv4.ip_forward=1").asRoot(user);
        var result = session.run(order, PATIENCE);
        return result.ok()
                ? Optional.empty()
                : Optional.of(
                        new Failure(
                                STEP,
                                "ForwardingOff",
                                ("%s does not forward packets, so its pods reach nobody, and '%s'"
                                                + " was refused: %s. As root there: sysctl -w"
                                                + " net.ipv4.ip_forward=1, and keep it in"
                                                + " /etc/sysctl.d.")
                                        .formatted(
                                                session.target().hostAndPort(),
                                                order,
                                                result.words()),
                                null));
    }
}
