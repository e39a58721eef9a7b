package dev.flotilla.provision;

import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.CommandResult;
import dev.flotilla.remote.link.SshSession;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/// Keeps one node's routes and rules to the pods of the others. Does nothing while nothing changed;
/// a new connection may mean a boot, after which all is gone.
final class PodPaths {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String clusterCidr;
    private SortedMap<String, String> done = new TreeMap<>();
    private @Nullable SshSession on;
    private String trouble = "";

    PodPaths(String clusterCidr) {
        this.clusterCidr = clusterCidr;
    }

    /// @return what is in the way, for a person; empty if nothing is
    String bring(SshSession session, SortedMap<String, String> wanted) {
        if (session.equals(on) && wanted.equals(done)) {
            return trouble;
        }
        trouble = wanted.isEmpty() && done.isEmpty() ? "" : apply(session, wanted);
        on = session;
        done = wanted;
        return trouble;
    }

    private String apply(SshSession session, SortedMap<String, String> wanted) {
        for (var rule : PodRoutes.rules(clusterCidr)) {
            if (!asRoot(session, rule.check()).ok()) {
                var inserted = asRoot(session, rule.insert());
                if (!inserted.ok()) {
                    return refused(session, rule.insert(), inserted);
                }
            }
        }
        var listed = session.run(PodRoutes.LIST, PATIENCE);
        var first = "";
        for (var change : PodRoutes.plan(wanted, listed.output())) {
            var result = asRoot(session, change);
            if (!result.ok() && first.isEmpty()) {
                first = refused(session, change, result);
            }
        }
        return first;
    }

    private static CommandResult asRoot(SshSession session, Argv command) {
        return session.run(command.asRoot(session.target().user()), PATIENCE);
    }

    private static String refused(SshSession session, Argv command, CommandResult result) {
        return ("Pods here and on other nodes can't reach each other: %s answered to '%s': %s. It"
                        + " needs root or a sudo that asks no password, and nodes on one network"
                        + " segment.")
                .formatted(session.target().hostAndPort(), command, result.words());
    }
}
