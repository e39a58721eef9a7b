package dev.flotilla.schedule.facts;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/// A port of the node that a pod takes.
///
/// @param ip `0.0.0.0` for every address of the node
public record HostPort(String ip, String protocol, int port) {
    private static final String EVERY = "0.0.0.0";

    /// Sidecars take ports as containers do; other init containers don't.
    static List<HostPort> of(PodSpec spec) {
        boolean ofHost = Boolean.TRUE.equals(spec.getHostNetwork());
        return Stream.concat(
                        spec.getContainers().stream(),
                        spec.getInitContainers().stream()
                                .filter(c -> "Always".equals(c.getRestartPolicy())))
                .flatMap(c -> of(c, ofHost))
                .distinct()
                .toList();
    }

    private static Stream<HostPort> of(Container container, boolean ofHost) {
        return container.getPorts().stream()
                .filter(p -> number(p, ofHost) > 0)
                .map(
                        p ->
                                new HostPort(
                                        said(p.getHostIP(), EVERY),
                                        said(p.getProtocol(), "TCP"),
                                        number(p, ofHost)));
    }

    /// In the host's network every port is the host's.
    private static int number(ContainerPort port, boolean ofHost) {
        var host = port.getHostPort();
        if (host != null && host > 0) {
            return host;
        }
        return ofHost && port.getContainerPort() != null ? port.getContainerPort() : 0;
    }

    /// Whether both can't be had on one node.
    public boolean clashes(HostPort other) {
        return port == other.port
                && protocol.equals(other.protocol)
                && (ip.equals(other.ip) || ip.equals(EVERY) || other.ip.equals(EVERY));
    }

    @Override
    public String toString() {
        return (ip.equals(EVERY) ? "" : ip + ":") + port + "/" + protocol;
    }

    private static String said(@Nullable String word, String otherwise) {
        return word == null || word.isEmpty() ? otherwise : word;
    }
}
