package dev.flotilla.node.image;

/// What opens a registry. Its words never show what is secret.
///
/// @param server as whoever keeps the login calls the registry
/// @param identityToken in place of a password, where a credential helper gives one; else empty
public record RegistryLogin(String server, String username, String password, String identityToken) {
    public RegistryLogin(String server, String username, String password) {
        this(server, username, password, "");
    }

    @Override
    public String toString() {
        return "login of " + username + " at " + server;
    }
}
