package dev.flotilla.controllers.endpoint;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// The ports of a Service as one of its pods has them.
final class TargetPorts {
    private TargetPorts() {}

    /// @param port of the Service
    /// @param number where the pod listens
    record Target(ServicePort port, int number) {}

    /// Without those that the pod has no port of that name for.
    static List<Target> of(Service service, Pod pod) {
        var targets = new ArrayList<Target>();
        for (var port : service.getSpec().getPorts()) {
            number(port, pod).ifPresent(n -> targets.add(new Target(port, n)));
        }
        return targets;
    }

    private static OptionalInt number(ServicePort port, Pod pod) {
        var target = port.getTargetPort();
        if (target == null) {
            return OptionalInt.of(port.getPort());
        }
        if (target.getIntVal() != null) {
            return OptionalInt.of(target.getIntVal());
        }
        return Stream.concat(
                        pod.getSpec().getContainers().stream(),
                        pod.getSpec().getInitContainers().stream().filter(TargetPorts::stays))
                .flatMap(c -> c.getPorts().stream())
                .filter(p -> target.getStrVal().equals(p.getName()))
                .filter(
                        p ->
                                protocol(port)
                                        .equals(Objects.requireNonNullElse(p.getProtocol(), "TCP")))
                .mapToInt(p -> p.getContainerPort())
                .findFirst();
    }

    static String protocol(ServicePort port) {
        return Objects.requireNonNullElse(port.getProtocol(), "TCP");
    }

    private static boolean stays(Container init) {
        return "Always".equals(init.getRestartPolicy());
    }
}
