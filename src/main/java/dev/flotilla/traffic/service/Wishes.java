package dev.flotilla.traffic.service;

import dev.flotilla.model.Marks;
import dev.flotilla.traffic.plan.Back.Balance;
import dev.flotilla.traffic.plan.Back.Greeting;
import dev.flotilla.traffic.plan.Back.Wire;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;

import java.util.Map;
import java.util.Set;

/// What a Service wishes for in its annotations, or in its own fields.
public record Wishes(Service service) {
    private static final int STICKY_SECONDS = 10_800;
    private static final int LONGEST_STICKY = 86_400;
    private static final Set<String> PLAIN = Set.of("http", "kubernetes.io/ws", "ws");
    private static final Set<String> H2 = Set.of("kubernetes.io/h2c", "h2c", "grpc");
    private static final Set<String> TLS = Set.of("https", "kubernetes.io/wss", "wss");

    public Balance balance() {
        return switch (note(Marks.BALANCE)) {
            case "roundrobin" -> Balance.ROUNDROBIN;
            case "source" -> Balance.SOURCE;
            default -> Balance.LEASTCONN;
        };
    }

    /// Whether requests to this port are understood on their way.
    public boolean http(ServicePort port) {
        return PLAIN.contains(protocol(port));
    }

    /// For who speaks HTTP with it.
    public Wire wire(ServicePort port) {
        var protocol = protocol(port);
        if (H2.contains(protocol)) {
            return Wire.H2;
        }
        return TLS.contains(protocol) ? Wire.TLS : Wire.PLAIN;
    }

    public Greeting greeting() {
        return switch (note(Marks.PROXY_PROTOCOL)) {
            case "v1" -> Greeting.V1;
            case "v2" -> Greeting.V2;
            default -> Greeting.NONE;
        };
    }

    /// How long a client stays with an endpoint; 0 for not.
    public int stickySeconds() {
        var spec = service.getSpec();
        if (!"ClientIP".equals(spec.getSessionAffinity())) {
            return 0;
        }
        var config = spec.getSessionAffinityConfig();
        var seconds =
                config == null || config.getClientIP() == null
                        ? null
                        : config.getClientIP().getTimeoutSeconds();
        return seconds == null || seconds <= 0 ? STICKY_SECONDS : Math.min(seconds, LONGEST_STICKY);
    }

    private String protocol(ServicePort port) {
        var noted = note(Marks.PROTOCOL);
        var own = port.getAppProtocol();
        return !noted.isEmpty() || own == null ? noted : own;
    }

    private String note(String key) {
        Map<String, String> notes = service.getMetadata().getAnnotations();
        return notes == null ? "" : notes.getOrDefault(key, "");
    }
}
