package dev.flotilla.node.plan;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a container is told of the services around it, in variables: Kubernetes' own, and those by
/// which Docker once linked containers.
final class Links {
    private final Map<String, String> made = new LinkedHashMap<>();

    private Links() {}

    /// @param services whose address is known
    static Map<String, String> of(List<Service> services) {
        var links = new Links();
        services.forEach(links::add);
        return links.made;
    }

    private void add(Service service) {
        var spec = service.getSpec();
        var ip = spec.getClusterIP();
        if (ip == null || ip.isEmpty() || ip.equals("None") || spec.getPorts().isEmpty()) {
            return;
        }
        var name = word(service.getMetadata().getName());
        var first = spec.getPorts().getFirst();
        made.put(name + "_SERVICE_HOST", ip);
        made.put(name + "_SERVICE_PORT", number(first));
        for (var port : spec.getPorts()) {
            if (port.getName() != null && !port.getName().isEmpty()) {
                made.put(name + "_SERVICE_PORT_" + word(port.getName()), number(port));
            }
        }
        made.put(name + "_PORT", url(first, ip));
        for (var port : spec.getPorts()) {
            var protocol = protocol(port);
            var prefix = name + "_PORT_" + number(port) + "_" + protocol.toUpperCase(Locale.ROOT);
            made.put(prefix, url(port, ip));
            made.put(prefix + "_PROTO", protocol);
            made.put(prefix + "_PORT", number(port));
            made.put(prefix + "_ADDR", ip);
        }
    }

    private static String url(ServicePort port, String ip) {
        var host = ip.contains(":") ? "[" + ip + "]" : ip;
        return protocol(port) + "://" + host + ":" + number(port);
    }

    private static String protocol(ServicePort port) {
        var protocol = port.getProtocol();
        return (protocol == null ? "TCP" : protocol).toLowerCase(Locale.ROOT);
    }

    private static String number(ServicePort port) {
        return Integer.toString(port.getPort());
    }

    private static String word(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
