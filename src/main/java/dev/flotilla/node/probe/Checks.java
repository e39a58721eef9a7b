package dev.flotilla.node.probe;

import dev.flotilla.node.Check;
import dev.flotilla.node.Check.Exec;
import dev.flotilla.node.Check.Grpc;
import dev.flotilla.node.Check.Http;
import dev.flotilla.node.Check.Tcp;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// From a probe's words to a [Check].
final class Checks {
    private Checks() {}

    /// @return empty if the probe asks nothing, or names a port that the container doesn't
    static Optional<Check> of(
            Probe probe, Container container, String containerId, String podIp, Duration timeout) {
        return of(probe, container, containerId, podIp, timeout, Check.ASKER);
    }

    /// @param asker who asks, in the words of HTTP
    static Optional<Check> of(
            Probe probe,
            Container container,
            String containerId,
            String podIp,
            Duration timeout,
            String asker) {
        if (probe.getExec() != null) {
            return Optional.of(new Exec(containerId, probe.getExec().getCommand(), timeout));
        }
        if (probe.getHttpGet() != null) {
            return http(probe.getHttpGet(), container, podIp, timeout, asker);
        }
        if (probe.getTcpSocket() != null) {
            var host = or(probe.getTcpSocket().getHost(), podIp);
            return port(probe.getTcpSocket().getPort(), container)
                    .map(p -> new Tcp(host, p, timeout));
        }
        if (probe.getGrpc() != null) {
            var service = or(probe.getGrpc().getService(), "");
            return Optional.of(new Grpc(podIp, probe.getGrpc().getPort(), service, timeout));
        }
        return Optional.empty();
    }

    private static Optional<Check> http(
            HTTPGetAction get, Container container, String podIp, Duration timeout, String asker) {
        boolean tls = "HTTPS".equals(or(get.getScheme(), "HTTP").toUpperCase(Locale.ROOT));
        var headers = new ArrayList<String>();
        get.getHttpHeaders().forEach(h -> headers.add(h.getName() + ": " + h.getValue()));
        if (headers.stream().noneMatch(h -> h.toLowerCase(Locale.ROOT).startsWith("user-agent:"))) {
            headers.add("User-Agent: " + asker);
        }
        var path = or(get.getPath(), "/");
        return port(get.getPort(), container)
                .map(
                        p ->
                                new Http(
                                        tls,
                                        or(get.getHost(), podIp),
                                        p,
                                        path.startsWith("/") ? path : "/" + path,
                                        List.copyOf(headers),
                                        timeout));
    }

    private static Optional<Integer> port(@Nullable IntOrString port, Container container) {
        if (port == null) {
            return Optional.empty();
        }
        if (port.getIntVal() != null) {
            return Optional.of(port.getIntVal());
        }
        return container.getPorts().stream()
                .filter(p -> port.getStrVal().equals(p.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst();
    }

    private static String or(@Nullable String asked, String usual) {
        return asked == null || asked.isEmpty() ? usual : asked;
    }
}
