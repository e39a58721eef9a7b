package dev.flotilla.server.proxy;

import dev.flotilla.cluster.PodStreams.Ports;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A port of a pod that is asked over HTTP.
///
/// @param address the pod's
record Backend(Ports ports, String address, int port, boolean tls) {
    /// As it stands in the addresses of the web.
    String authority() {
        return address + ":" + port;
    }

    /// @throws IOException with words like Kubernetes' if nobody answers
    Socket connect() throws IOException {
        try {
            var plain = ports.dial(port);
            return tls ? secured(plain) : plain;
        } catch (IOException e) {
            throw new IOException("dial tcp " + authority() + ": " + e.getMessage(), e);
        }
    }

    /// A pod shows a certificate of its own: as in Kubernetes whoever answers is believed. The way
    /// to it leads through SSH and the node.
    private Socket secured(Socket plain) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Everybody()}, null);
            return context.getSocketFactory().createSocket(plain, address, port, true);
        } catch (GeneralSecurityException e) {
            plain.close();
            throw new IllegalStateException("every Java has TLS", e);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static final class Everybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String by) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String by) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
