package dev.flotilla.server.auth;

import java.net.Socket;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Lets any client certificate through the handshake, which proves that the client holds its key.
/// Whether the certificate is worth anything is [Authenticator]'s to say, so that a stranger gets
/// an answer he can read and not a broken handshake.
public final class ClientTrust extends X509ExtendedTrustManager {
    private final X509Certificate authority;

    public ClientTrust(X509Certificate authority) {
        this.authority = authority;
    }

    /// Tells clients which of their certificates to send.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {authority};
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new IllegalStateException("this server is no client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new IllegalStateException("this server is no client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw new IllegalStateException("this server is no client");
    }
}
