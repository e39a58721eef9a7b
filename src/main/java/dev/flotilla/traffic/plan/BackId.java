package dev.flotilla.traffic.plan;

/// Names a set of endpoints: those of one port of a Service, for one way of coming.
///
/// @param port the port's name; its number where it has none
public record BackId(Via via, String namespace, String service, String port) {
    /// How requests come.
    public enum Via {
        /// From pods and nodes, to the Service's own address.
        INSIDE("svc"),
        /// To a port of the nodes, or an external address.
        OUTSIDE("ext"),
        /// To the nodes as the load balancer, where not everybody may.
        BALANCER("lb"),
        /// Through an Ingress.
        INGRESS("ing");

        private final String word;

        Via(String word) {
            this.word = word;
        }
    }

    public BackId {
        if (!Words.label(namespace) || !Words.label(service) || !Words.label(port)) {
            throw new IllegalArgumentException(
                    "no names: " + namespace + ", " + service + ", " + port);
        }
    }

    /// As proxies call it; no two have the same, and none contains a space.
    @Override
    public String toString() {
        return via.word + ":" + namespace + ":" + service + ":" + port;
    }
}
