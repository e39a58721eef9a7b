package dev.flotilla.remote.proxy;

/// Where a node's configuration lies, for the node and in the containers alike.
final class ProxyFolder {
    static final String PATH = "/var/lib/flotilla/proxy";

    /// The balancer's configuration.
    static final String BALANCER = "haproxy.cfg";

    /// Of the name server that everybody asks.
    static final String NAMES = "names.conf";

    /// Of the one that the first asks for ports; it is begun anew when they change.
    static final String PORTS = "ports.conf";

    /// Which names the first asks the second for.
    static final String FORWARD = "forward";

    /// A folder of files with addresses and names; a change of one is seen at once.
    static final String HOSTS = "hosts";

    /// What readies routes and rules, at each boot and when they change.
    static final String NETWORK = "network.sh";

    /// The balancer's sockets: commands to the worker, and to the process above it.
    static final String COMMANDS = PATH + "/run/commands.sock";

    static final String MASTER = PATH + "/run/master.sock";

    private ProxyFolder() {}
}
