package dev.flotilla.server;

import dev.flotilla.server.pki.Pki;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// The keys, and the web server behind TLS that does not listen yet. It needs nothing of the
/// registry, so it can be made while the store is read.
public final class Door {
    private static final int THREADS = 32;
    private static final int FEWEST_THREADS = 8;
    private static final int IDLE_MILLIS = 60_000;

    final Pki pki;
    final Server server;
    final ServerConnector connector;
    private final SslContextFactory.Server secure;

    private Door(
            Pki pki, Server server, ServerConnector connector, SslContextFactory.Server secure) {
        this.pki = pki;
        this.secure = secure;
        this.server = server;
        this.connector = connector;
    }

    /// Reads the keys, or makes them.
    ///
    /// @throws dev.flotilla.server.pki.PkiFailure if they can't be read or made
    public static Door of(ServerConfig config, Instant now) {
        var pki = Pki.open(config.pkiFolder(), config.host(), config.names(), now);
        // A queue of Java's: Jetty's own looks all management beans over before it is made.
        var threads =
                new QueuedThreadPool(
                        THREADS,
                        FEWEST_THREADS,
                        IDLE_MILLIS,
                        -1,
                        new LinkedBlockingQueue<>(),
                        null);
        threads.setName("api");
        threads.setVirtualThreadsExecutor(
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("api-", 0).factory()));
        var server = new Server(threads);
        var secure = Listener.secure(pki);
        var connector = Listener.of(server, config, secure);
        server.addConnector(connector);
        return new Door(pki, server, connector, secure);
    }

    /// Shows the server's certificate of this one to who comes from now on.
    void show(Pki fresh) {
        Listener.renew(secure, fresh);
    }
}
