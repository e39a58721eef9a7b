package dev.flotilla.server.pki;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Under which names and addresses the server is reached.
final class Names {
    private static final List<String> ALWAYS =
            List.of(
                    "127.0.0.1",
                    "0:0:0:0:0:0:0:1",
                    "localhost",
                    "kubernetes",
                    "kubernetes.default",
                    "kubernetes.default.svc",
                    "kubernetes.default.svc.cluster.local");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Set<String> ANY = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    private Names() {}

    /// All of them for a server that listens on `host`.
    static Set<String> of(String host, Collection<String> further) {
        var names = new TreeSet<>(ALWAYS);
        if (ANY.contains(host)) {
            names.addAll(ownAddresses());
        } else {
            names.add(plain(host));
        }
        further.forEach(n -> names.add(plain(n)));
        return names;
    }

    static boolean isAddress(String name) {
        return ADDRESS.matcher(name).matches();
    }

    /// An address as a certificate's reader spells it.
    private static String plain(String name) {
        return isAddress(name) ? InetAddress.ofLiteral(name).getHostAddress() : name;
    }

    private static Collection<String> ownAddresses() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(a -> a.getHostAddress().replaceFirst("%.*", ""))
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }
}
