package dev.flotilla.remote.link;

/// Where to log in.
public record SshTarget(String host, int port, String user) {
    public SshTarget {
        if (host.isBlank() || user.isBlank() || port < 1 || port > 65535) {
            throw new IllegalArgumentException(
                    "not an SSH address: '%s@%s:%d'".formatted(user, host, port));
        }
    }

    public String hostAndPort() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }

    @Override
    public String toString() {
        return user + "@" + hostAndPort();
    }
}
