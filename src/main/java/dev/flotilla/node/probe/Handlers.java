package dev.flotilla.node.probe;

import dev.flotilla.node.Check;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.ProbeBuilder;

import java.time.Duration;
import java.util.Optional;

/// From the words of a lifecycle hook to a [Check].
public final class Handlers {
    private Handlers() {}

    /// @param patience how long it may take
    /// @return empty for what Kubernetes' nodes can't run either: a `tcpSocket`, or a port that the
    ///   container doesn't name
    public static Optional<Check> of(
            LifecycleHandler hook,
            Container container,
            String containerId,
            String podIp,
            Duration patience) {
        if (hook.getSleep() != null) {
            var asked = Duration.ofSeconds(hook.getSleep().getSeconds());
            return Optional.of(
                    new Check.Rest(containerId, asked.compareTo(patience) < 0 ? asked : patience));
        }
        var probe =
                new ProbeBuilder().withExec(hook.getExec()).withHttpGet(hook.getHttpGet()).build();
        return Checks.of(probe, container, containerId, podIp, patience, Check.VISITOR)
                .map(c -> c instanceof Check.Http http ? http.withAnyAnswer() : c);
    }
}
