package dev.flotilla.remote.proxy;

import dev.flotilla.node.proxy.Traffic;
import dev.flotilla.remote.engine.DockerSocket;
import dev.flotilla.traffic.dns.DnsSettings;
import dev.flotilla.traffic.dns.Names;
import dev.flotilla.traffic.haproxy.Configs;
import dev.flotilla.traffic.haproxy.Settings;
import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Words;

import java.util.List;

/// What a node has of its own that its configuration depends on.
///
/// @param group who may use Docker, by number
/// @param upstream the name servers that the node asks
record Surroundings(int group, List<At> upstream) {
    private static final String DOMAIN = "cluster.local";
    private static final int DNS = 53;
    private static final At INNER = new At("127.0.0.53", 5353);
    private static final int CONNECTIONS = 8000;
    private static final int PEER_PORT = 10_230;

    static Surroundings of(NodeFiles files) {
        var upstream =
                files.read("/etc/resolv.conf")
                        .lines()
                        .map(l -> l.strip().split("\\s+"))
                        .filter(w -> w.length > 1 && w[0].equals("nameserver"))
                        .map(w -> w[1])
                        .filter(Words::address)
                        .map(address -> new At(address, DNS))
                        .toList();
        return new Surroundings(files.groupOf(DockerSocket.USUAL_PATH), upstream);
    }

    /// What is to lie there.
    Placed place(Traffic wanted) {
        var balancer =
                new Settings(
                        ProxyFolder.COMMANDS,
                        group,
                        "stdout",
                        ProxyFolder.PATH,
                        CONNECTIONS,
                        PEER_PORT);
        var names =
                new DnsSettings(
                        DOMAIN,
                        new At(wanted.nameServer(), DNS),
                        INNER,
                        upstream,
                        ProxyFolder.PATH);
        return new Placed(
                this,
                Configs.of(wanted.plan(), balancer),
                Names.of(wanted.picture(), wanted.pods(), names),
                NetworkScript.of(wanted));
    }
}
