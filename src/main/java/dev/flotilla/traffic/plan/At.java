package dev.flotilla.traffic.plan;

import dev.flotilla.model.NodeAddresses;

import java.util.Comparator;

/// An IPv4 address and a port.
public record At(String address, int port) implements Comparable<At> {
    private static final Comparator<At> ORDER =
            Comparator.comparing(At::address, NodeAddresses.ORDER).thenComparingInt(At::port);

    public At {
        if (!Words.address(address) || !Words.port(port)) {
            throw new IllegalArgumentException("no address and port: " + address + ":" + port);
        }
    }

    @Override
    public int compareTo(At other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return address + ":" + port;
    }
}
