package dev.flotilla.traffic.plan;

/// One endpoint.
///
/// @param pod its pod's name; empty when it is no pod
/// @param draining gets nothing new: it is about to stop
public record Server(String pod, At at, boolean draining) implements Comparable<Server> {
    public Server {
        if (!pod.isEmpty() && !Words.name(pod)) {
            throw new IllegalArgumentException("no name of a pod: " + pod);
        }
    }

    /// Never means another endpoint, whatever comes and goes.
    public String name() {
        return pod.isEmpty() ? at.toString() : pod + "_" + at;
    }

    @Override
    public int compareTo(Server other) {
        int byAddress = at.compareTo(other.at);
        return byAddress != 0 ? byAddress : pod.compareTo(other.pod);
    }
}
