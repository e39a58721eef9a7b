package dev.flotilla.server;

import dev.flotilla.server.auth.ClientTrust;
import dev.flotilla.server.pki.Pki;

import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

import java.io.IOException;
import java.net.BindException;
import java.security.GeneralSecurityException;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// The door: TLS, then HTTP/2 or HTTP/1.1 as the client prefers.
final class Listener {
    private static final int ACCEPTORS = 1;
    private static final int SELECTORS = 2;
    private static final int MAX_STREAMS = 1000;

    private Listener() {}

    static ServerConnector of(Server server, ServerConfig config, SslContextFactory.Server secure) {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(32 * 1024);
        http.addCustomizer(new SecureRequestCustomizer(false));
        var h1 = new HttpConnectionFactory(http);
        var h2 = new HTTP2ServerConnectionFactory(http);
        h2.setMaxConcurrentStreams(MAX_STREAMS);
        h2.setStreamIdleTimeout(0);
        // WebSockets are served on HTTP/1.1 alone; a browser that is told of more would use it.
        h2.setConnectProtocolEnabled(false);
        // Who ends all its watches in one second is no attacker.
        h2.setRateControlFactory(new WindowRateControl.Factory(2 * MAX_STREAMS));
        var alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
        alpn.setDefaultProtocol("http/1.1");
        var tls = new SslConnectionFactory(secure, alpn.getProtocol());
        var connector =
                new ServerConnector(
                        server, null, null, null, ACCEPTORS, SELECTORS, tls, alpn, h2, h1);
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(0);
        connector.setAcceptQueueSize(1024);
        return connector;
    }

    /// Binds the address now, so that a taken port is one clear sentence.
    static void open(ServerConnector connector, ServerConfig config) {
        try {
            connector.open();
        } catch (IOException e) {
            var why =
                    e instanceof BindException || e.getCause() instanceof BindException
                            ? taken(e)
                            : e.getMessage();
            throw new ServerFailure(
                    "Can't listen on %s:%d: %s. Stop what uses it, or start with --listen 127.0.0.1:0 for any free port."
                            .formatted(config.host(), config.port(), why),
                    e);
        }
    }

    private static String taken(IOException e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage()).contains("in use")
                ? "the port is taken"
                : String.valueOf(cause.getMessage());
    }

    static SslContextFactory.Server secure(Pki pki) {
        var factory = new SslContextFactory.Server();
        factory.setSslContext(context(pki));
        factory.setWantClientAuth(true);
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return factory;
    }

    /// From now on who connects is shown this certificate; connections that stand live on.
    static void renew(SslContextFactory.Server factory, Pki pki) {
        try {
            factory.reload(f -> f.setSslContext(context(pki)));
        } catch (Exception e) {
            throw new ServerFailure("Can't take up the server's new certificate: " + e, e);
        }
    }

    private static SSLContext context(Pki pki) {
        try {
            var tls = SSLContext.getInstance("TLS");
            tls.init(
                    new KeyManager[] {new ServerKey(pki.server(), pki.authority())},
                    new TrustManager[] {new ClientTrust(pki.authority().certificate())},
                    null);
            return tls;
        } catch (GeneralSecurityException e) {
            throw new ServerFailure("Can't set up TLS with the server's certificate: " + e, e);
        }
    }
}
