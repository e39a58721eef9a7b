package dev.flotilla.node.plan;

import dev.flotilla.node.ContainerSpec.Names;

import io.fabric8.kubernetes.api.model.Pod;

import java.util.ArrayList;
import java.util.List;

/// What a pod is called, and how it finds others by name.
final class Naming {
    /// As the kernel has it.
    private static final int LONGEST = 63;

    private Naming() {}

    static String hostname(Pod pod) {
        var asked = pod.getSpec().getHostname();
        var name = asked == null || asked.isEmpty() ? pod.getMetadata().getName() : asked;
        return name.length() <= LONGEST
                ? name
                : name.substring(0, LONGEST).replaceFirst("[-.]+$", "");
    }

    /// The pod's hostAliases, and with a subdomain its own full name.
    static List<String> hosts(Pod pod, String address) {
        var hosts = new ArrayList<String>();
        var subdomain = pod.getSpec().getSubdomain();
        if (subdomain != null && !subdomain.isEmpty() && !address.isEmpty()) {
            hosts.add(
                    "%s.%s.%s.svc.cluster.local:%s"
                            .formatted(
                                    hostname(pod),
                                    subdomain,
                                    pod.getMetadata().getNamespace(),
                                    address));
        }
        for (var alias : pod.getSpec().getHostAliases()) {
            alias.getHostnames().forEach(name -> hosts.add(name + ":" + alias.getIp()));
        }
        return List.copyOf(hosts);
    }

    static Names names(Pod pod) {
        var asked = pod.getSpec().getDnsConfig();
        if (asked == null) {
            return Names.USUAL;
        }
        var options =
                asked.getOptions().stream()
                        .map(
                                o ->
                                        o.getValue() == null
                                                ? o.getName()
                                                : o.getName() + ":" + o.getValue())
                        .toList();
        return new Names(asked.getNameservers(), asked.getSearches(), options);
    }
}
