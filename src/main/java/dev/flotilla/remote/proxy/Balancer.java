package dev.flotilla.remote.proxy;

import dev.flotilla.node.Check;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.remote.check.DockerChecks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// HAProxy on a node: commands that change who serves, and reloads that change the rest.
record Balancer(BalancerSocket commands, BalancerSocket master, DockerChecks checks) {
    /// What it says to a server that it takes.
    static final String REGISTERED = "New server registered.";

    /// What it says, among other words, when a server can't be let go yet.
    static final String IN_USE = "still has connections";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Pattern WHICH = Pattern.compile("(Pid|Start_time_sec): .*");

    /// Which process serves now: another after each reload and each start; empty if none does.
    String worker() {
        try {
            return commands.ask("show info")
                    .lines()
                    .filter(l -> WHICH.matcher(l).matches())
                    .collect(Collectors.joining(" "));
        } catch (RuntimeUnavailable e) {
            return "";
        }
    }

    /// What is wrong with a configuration file; empty if nothing is.
    String flaws(String file) {
        var answer =
                checks.ask(
                        new Check.Exec(
                                ProxyContainers.BALANCER,
                                List.of("haproxy", "-c", "-q", "-f", file),
                                PATIENCE));
        return answer.well() ? "" : answer.words();
    }

    /// Has new processes serve the configuration that lies in its place; the old ones finish what
    /// they have.
    void reload() {
        var before = worker();
        try {
            master.ask("reload");
        } catch (RuntimeUnavailable e) {
            // Up to 2.6 it ends the connection in place of an answer.
        }
        await(before);
    }

    /// Waits until it serves at all.
    void awaitWorker() {
        await("");
    }

    private void await(String before) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (var now = worker(); now.isEmpty() || now.equals(before); now = worker()) {
            if (System.nanoTime() > end) {
                throw new RefusedByEngine(
                        "The balancer did not begin with its new configuration within "
                                + PATIENCE.toSeconds()
                                + " s. 'docker logs "
                                + ProxyContainers.BALANCER
                                + "' on the node tells why.");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
