package dev.flotilla.server;

import dev.flotilla.server.pki.Credential;

import org.jspecify.annotations.Nullable;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/// What the server proves itself with, as it is in memory. A key store would seal the key with a
/// password and open it again, which takes tens of thousands of rounds of a hash at each start.
final class ServerKey extends X509ExtendedKeyManager {
    private static final String NAME = "server";

    private final Credential own;
    private final Credential authority;

    ServerKey(Credential own, Credential authority) {
        this.own = own;
        this.authority = authority;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal[] issuers, SSLEngine engine) {
        return own.key().getAlgorithm().equals(keyType) ? NAME : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return own.key().getAlgorithm().equals(keyType) ? NAME : null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[] {NAME};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {own.certificate(), authority.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return own.key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
