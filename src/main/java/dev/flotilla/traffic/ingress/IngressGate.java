package dev.flotilla.traffic.ingress;

import dev.flotilla.model.IngressClaim;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Back;
import dev.flotilla.traffic.plan.BackId;
import dev.flotilla.traffic.plan.Gate;
import dev.flotilla.traffic.plan.Gate.Route;
import dev.flotilla.traffic.plan.Picture;
import dev.flotilla.traffic.plan.Protocol;
import dev.flotilla.traffic.plan.Words;
import dev.flotilla.traffic.service.Reach;
import dev.flotilla.traffic.service.Taken;

import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a node answers for the Ingresses that are ours. Where two want the same, the older has it.
public final class IngressGate {
    private static final int PLAIN = 80;
    private static final int SECURE = 443;

    /// Named hosts before wildcards before none; longer paths first, and whole ones before their
    /// beginnings.
    private static final Comparator<Route> ORDER =
            Comparator.comparingInt((Route r) -> rank(r.host()))
                    .thenComparingInt(r -> -r.host().length())
                    .thenComparing(Route::host)
                    .thenComparingInt(r -> -r.path().length())
                    .thenComparing(r -> !r.exact())
                    .thenComparing(Route::path);

    private final Picture picture;
    private final List<String> own;
    private final Taken taken;
    private final Backs backs;
    private final HostCertificates certificates;
    private final Map<Wanted, Route> routes = new LinkedHashMap<>();
    private @Nullable BackId fallback;

    private record Wanted(String host, String path, boolean exact) {}

    /// @param own the node's addresses
    public IngressGate(
            Picture picture,
            List<String> own,
            Reach reach,
            Taken taken,
            Certificates certificates) {
        this.picture = picture;
        this.own = own;
        this.taken = taken;
        backs = new Backs(picture, reach);
        this.certificates = new HostCertificates(picture, certificates, taken);
    }

    /// @param ingresses the oldest first
    public Gate of(List<Ingress> ingresses) {
        var ours = ingresses.stream().filter(i -> IngressClaim.ours(i, picture.classes())).toList();
        ours.forEach(this::add);
        if (routes.isEmpty() && fallback == null) {
            return Gate.CLOSED;
        }
        var files = certificates.files();
        return new Gate(
                listen(PLAIN),
                files.isEmpty() ? List.of() : listen(SECURE),
                routes.values().stream().sorted(ORDER).toList(),
                backs.all(),
                fallback,
                certificates.secured(),
                new TreeMap<>(files),
                greeted());
    }

    private List<At> listen(int port) {
        return taken.take(
                Protocol.TCP, own.stream().map(a -> new At(a, port)).toList(), "the Ingresses");
    }

    private boolean greeted() {
        return picture.classes().stream()
                .filter(c -> c.getSpec() != null)
                .filter(c -> Marks.INGRESS_CONTROLLER.equals(c.getSpec().getController()))
                .map(c -> c.getMetadata().getAnnotations())
                .anyMatch(n -> n != null && "true".equals(n.get(Marks.PROXY_PROTOCOL)));
    }

    private static int rank(String host) {
        if (host.isEmpty()) {
            return 2;
        }
        return host.startsWith("*.") ? 1 : 0;
    }

    private void add(Ingress ingress) {
        var spec = ingress.getSpec();
        if (spec.getDefaultBackend() != null) {
            back(ingress, spec.getDefaultBackend())
                    .ifPresent(
                            id -> {
                                if (fallback == null) {
                                    fallback = id;
                                } else if (!fallback.equals(id)) {
                                    taken.refuse(who(ingress), "the default is " + fallback);
                                }
                            });
        }
        for (var rule : spec.getRules()) {
            if (rule.getHttp() != null) {
                rule.getHttp().getPaths().forEach(path -> add(ingress, rule, path));
            }
        }
        certificates.add(ingress, who(ingress));
    }

    static String who(Ingress ingress) {
        return "Ingress " + ObjectKey.of(ingress);
    }

    private void add(Ingress ingress, IngressRule rule, HTTPIngressPath path) {
        var host = rule.getHost() == null ? "" : rule.getHost();
        var text = path.getPath() == null || path.getPath().isEmpty() ? "/" : path.getPath();
        boolean named =
                host.isEmpty() || Words.name(host.startsWith("*.") ? host.substring(2) : host);
        if (!named || !Words.path(text)) {
            taken.refuse(who(ingress), "host or path have signs that no proxy takes: " + text);
            return;
        }
        boolean exact = "Exact".equals(path.getPathType());
        var wanted = new Wanted(host, exact ? text : trimmed(text), exact);
        back(ingress, path.getBackend())
                .ifPresent(
                        to -> {
                            var route = new Route(host, wanted.path, exact, to);
                            var known = routes.putIfAbsent(wanted, route);
                            if (known != null && !known.equals(route)) {
                                taken.refuse(
                                        who(ingress),
                                        host + wanted.path + " leads to " + known.to());
                            }
                        });
    }

    /// A beginning is the same with a slash at its end.
    private static String trimmed(String path) {
        var rest = path;
        while (rest.length() > 1 && rest.endsWith("/")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        return rest;
    }

    private Optional<BackId> back(Ingress ingress, IngressBackend backend) {
        var namespace = ObjectKey.of(ingress).namespace();
        var found = backs.of(namespace, backend).map(Back::id);
        if (found.isEmpty()) {
            var service = backend.getService() == null ? "?" : backend.getService().getName();
            taken.refuse(who(ingress), "there is no port of a Service " + service + " to lead to");
        }
        return found;
    }
}
