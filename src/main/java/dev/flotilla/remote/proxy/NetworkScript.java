package dev.flotilla.remote.proxy;

import dev.flotilla.node.proxy.Traffic;

/// The script that readies a node's routes, for now and after each boot. Pure.
final class NetworkScript {
    private NetworkScript() {}

    static String of(Traffic wanted) {
        return """
        # Flotilla's routes: written anew when they change. POSIX sh.
        sysctl -qw net.ipv4.ip_forward=1
        ip -batch - << 'END'
        %sEND
        """
                .formatted(wanted.paths().routes());
    }
}
