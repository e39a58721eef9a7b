package dev.flotilla.server;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/// Where to listen and what to say of oneself.
///
/// @param host name or address to listen on, such as `127.0.0.1` or `0.0.0.0`
/// @param port 0 for any free one
/// @param pkiFolder keys, certificates and the token; made with mode 0700
/// @param names further names and addresses the server's certificate is good for
/// @param version of Flotilla, such as `0.1.0`
/// @param auditFolder where to keep who did what, made with mode 0700; null to keep nothing
public record ServerConfig(
        String host,
        int port,
        Path pkiFolder,
        List<String> names,
        String version,
        @Nullable Path auditFolder) {
    /// Without an audit log.
    public ServerConfig(String host, int port, Path pkiFolder, List<String> names, String version) {
        this(host, port, pkiFolder, names, version, null);
    }

    public ServerConfig {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        names = List.copyOf(names);
    }
}
