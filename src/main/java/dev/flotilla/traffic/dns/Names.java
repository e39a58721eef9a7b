package dev.flotilla.traffic.dns;

import dev.flotilla.model.NodeAddresses;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Picture;
import dev.flotilla.traffic.plan.Words;
import dev.flotilla.traffic.service.Reach;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The names of a cluster, as Kubernetes' DNS has them: of Services, of the pods behind those
/// without an address, of ports, of pods by their addresses; and back from addresses to names.
public final class Names {
    /// Changes are seen within it.
    private static final int TTL = 2;

    private final DnsSettings settings;
    private final Reach reach;
    private final SortedMap<String, SortedSet<String>> hosts = new TreeMap<>();
    private final SortedSet<String> second = new TreeSet<>();
    private final SortedSet<String> forward = new TreeSet<>();
    private final SortedSet<String> aliases = new TreeSet<>();
    private final SortedSet<String> outside = new TreeSet<>();

    private Names(DnsSettings settings, Reach reach) {
        this.settings = settings;
        this.reach = reach;
    }

    /// @param pods those that have an address
    public static DnsFiles of(Picture picture, Collection<PodName> pods, DnsSettings settings) {
        var names = new Names(settings, Reach.of(picture, ""));
        picture.services().forEach(names::add);
        pods.forEach(names::add);
        return names.files();
    }

    private void add(Service service) {
        var key = ObjectKey.of(service);
        if (!Words.label(key.namespace()) || !Words.label(key.name())) {
            return;
        }
        var name = key.name() + "." + key.namespace() + ".svc." + settings.domain();
        var address = service.getSpec().getClusterIP();
        if ("ExternalName".equals(service.getSpec().getType())) {
            alias(name, service.getSpec().getExternalName());
        } else if ("None".equals(address)) {
            headless(key, name);
        } else if (Words.address(address)) {
            host(key, address + " " + name);
            for (var port : service.getSpec().getPorts()) {
                port(name, port.getName(), port.getProtocol(), name, port.getPort());
            }
        }
    }

    private void alias(String name, @Nullable String target) {
        var plain = target == null ? "" : target.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (Words.name(plain) && !Words.address(plain)) {
            aliases.add("cname=%s,%s,%d".formatted(name, plain, TTL));
            if (!plain.endsWith("." + settings.domain())) {
                outside.add(plain);
            }
        }
    }

    /// Each pod that is ready, under the Service's name and its own.
    private void headless(ObjectKey key, String name) {
        for (var slice : reach.slices(key)) {
            for (var endpoint : slice.getEndpoints()) {
                var address = endpoint.getAddresses().getFirst();
                if (Reach.ready(endpoint) && Words.address(address)) {
                    var own = own(endpoint, address) + "." + name;
                    host(key, address + " " + own + " " + name);
                    slice.getPorts().forEach(p -> port(name, p, own));
                }
            }
        }
    }

    private static String own(Endpoint endpoint, String address) {
        return Words.label(endpoint.getHostname()) ? endpoint.getHostname() : dashed(address);
    }

    private static String dashed(String address) {
        return address.replace('.', '-');
    }

    private void port(String service, EndpointPort port, String target) {
        port(service, port.getName(), port.getProtocol(), target, port.getPort());
    }

    private void port(
            String service,
            @Nullable String name,
            @Nullable String protocol,
            String target,
            @Nullable Integer number) {
        if (Words.label(name) && Words.port(number)) {
            var way = protocol == null ? "tcp" : protocol.toLowerCase(Locale.ROOT);
            if (Words.label(way)) {
                second.add(
                        "srv-host=_%s._%s.%s,%s,%d".formatted(name, way, service, target, number));
                forward.add("server=/_%s.%s/%s".formatted(way, service, at(settings.inner())));
            }
        }
    }

    private void add(PodName pod) {
        if (Words.label(pod.namespace()) && Words.address(pod.address())) {
            var name =
                    "%s.%s.pod.%s"
                            .formatted(dashed(pod.address()), pod.namespace(), settings.domain());
            lines("pods." + pod.namespace()).add(pod.address() + " " + name);
        }
    }

    private void host(ObjectKey service, String line) {
        lines("svc." + service.namespace() + "." + service.name()).add(line);
    }

    private SortedSet<String> lines(String file) {
        return hosts.computeIfAbsent(file, _ -> new TreeSet<>(NodeAddresses.ORDER));
    }

    private DnsFiles files() {
        var texts = new TreeMap<String, String>();
        hosts.forEach((file, lines) -> texts.put(file, text(lines)));
        return new DnsFiles(main(), second(), text(forward), texts, outside);
    }

    private String main() {
        var lines = both(settings.at());
        lines.addAll(
                List.of(
                        "servers-file=" + settings.folder() + "/forward",
                        "max-cache-ttl=60",
                        "neg-ttl=" + TTL,
                        "cache-size=10000",
                        "dns-forward-max=1000",
                        "use-stale-cache=300"));
        settings.upstream().forEach(at -> lines.add("server=" + at(at)));
        lines.addAll(aliases);
        return text(lines);
    }

    private String second() {
        var lines = both(settings.inner());
        lines.addAll(second);
        return text(lines);
    }

    /// What both servers are told.
    private List<String> both(At at) {
        return new ArrayList<>(
                List.of(
                        "port=" + at.port(),
                        "listen-address=" + at.address(),
                        "bind-interfaces",
                        "no-resolv",
                        "no-hosts",
                        "user=root",
                        "pid-file=",
                        "hostsdir=" + settings.folder() + "/hosts",
                        "local=/" + settings.domain() + "/",
                        "local-ttl=" + TTL));
    }

    private static String at(At at) {
        return at.address() + "#" + at.port();
    }

    private static String text(Collection<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
