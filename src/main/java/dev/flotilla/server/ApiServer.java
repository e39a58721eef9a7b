package dev.flotilla.server;

import dev.flotilla.cluster.PodStreams;
import dev.flotilla.cluster.PodTokens;
import dev.flotilla.model.NodeUse;
import dev.flotilla.registry.Registry;
import dev.flotilla.server.audit.AuditLog;
import dev.flotilla.server.auth.AccountTokens;
import dev.flotilla.server.auth.Authenticator;
import dev.flotilla.server.auth.BoundTokens;
import dev.flotilla.server.auth.Escalation;
import dev.flotilla.server.auth.Rights;
import dev.flotilla.server.discovery.Discovery;
import dev.flotilla.server.discovery.OpenApi;
import dev.flotilla.server.kinds.Bindings;
import dev.flotilla.server.kinds.PodLogs;
import dev.flotilla.server.kinds.Reviews;
import dev.flotilla.server.kinds.Stored;
import dev.flotilla.server.kinds.Usage;
import dev.flotilla.server.measure.Measurements;
import dev.flotilla.server.measure.Tally;
import dev.flotilla.server.pki.Kubeconfig;
import dev.flotilla.server.pki.Pki;
import dev.flotilla.server.proxy.Proxies;
import dev.flotilla.server.socket.Socket;
import dev.flotilla.server.stream.PodConnections;
import dev.flotilla.server.watch.Watches;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Kubernetes' API over HTTPS.
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);
    private static final long AUDIT_BYTES = 10L << 20;

    private final ServerConfig config;
    private final Registry registry;
    private final AccountTokens accounts;
    private final Pki pki;
    private final Watches watches;
    private final @Nullable AuditLog audit;
    private final Server server;
    private final ServerConnector connector;

    /// One that reaches no node.
    ///
    /// @see #ApiServer(Door, Registry, Supplier, ServerConfig, InstantSource, PodStreams)
    public ApiServer(
            Registry registry,
            Supplier<List<NodeUse>> use,
            ServerConfig config,
            InstantSource time) {
        this(Door.of(config, time.instant()), registry, use, config, time, PodStreams.NONE);
    }

    /// @param door made with the same `config`
    /// @param use the newest of what each node uses
    /// @param streams what flows to and from containers
    public ApiServer(
            Door door,
            Registry registry,
            Supplier<List<NodeUse>> use,
            ServerConfig config,
            InstantSource time,
            PodStreams streams) {
        this(door, registry, use, config, time, streams, Limits.STANDARD);
    }

    ApiServer(
            Door door,
            Registry registry,
            Supplier<List<NodeUse>> use,
            ServerConfig config,
            InstantSource time,
            PodStreams streams,
            Limits limits) {
        this.config = config;
        this.registry = registry;
        pki = door.pki;
        watches = new Watches(registry, limits.bookmarkEvery());
        accounts = new AccountTokens(registry, pki.accounts(), time);
        var rights = new Rights(registry);
        var authenticator = new Authenticator(pki, accounts, rights, time);
        var stored =
                new Stored(
                        registry,
                        watches,
                        new PodLogs(registry, streams, time),
                        new PodConnections(registry, streams),
                        new Proxies(registry, streams),
                        accounts,
                        new Escalation(rights));
        var kinds =
                List.of(
                        stored,
                        new Bindings(stored),
                        new Reviews(authenticator, rights),
                        new Usage(registry, use));
        var discovery = new Discovery(kinds);
        var tally = new Tally(Router.known(kinds));
        var turnstile = new Turnstile(limits);
        audit =
                config.auditFolder() == null
                        ? null
                        : new AuditLog(config.auditFolder(), AUDIT_BYTES);
        var measurements =
                new Measurements(
                        tally,
                        watches::open,
                        registry::revision,
                        turnstile::waiting,
                        turnstile::rejected,
                        () -> audit == null ? 0 : audit.lost());
        var health = new Health(registry, watches::closing);
        var pages = new Pages(config.version(), discovery, health, measurements, accounts);
        var router = new Router(kinds, discovery, new OpenApi(registry, time), pages);
        var witness = new Witness(tally, audit, time);
        server = door.server;
        connector = door.connector;
        server.setHandler(new Front(authenticator, router, turnstile, witness, limits));
        server.setErrorHandler(new Errors());
        Socket.allow(server);
        server.addManaged(new Renewal(door, config, time, Renewal.EVERY));
        server.setStopTimeout(STOP_WITHIN.toMillis());
    }

    /// Listens from now on, and tells pods where.
    ///
    /// @throws ServerFailure if the address can't be had; says what to do
    public void start() {
        Listener.open(connector, config);
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new ServerFailure("The API server did not start: " + e.getMessage(), e);
        }
        new Advertised(registry).write(Advertised.address(config.host()), connector.getLocalPort());
    }

    /// Where clients reach it, once started.
    public URI uri() {
        var host =
                switch (config.host()) {
                    case "0.0.0.0", "::", "" -> "127.0.0.1";
                    default -> config.host();
                };
        return URI.create(
                "https://%s:%d"
                        .formatted(
                                host.contains(":") ? "[" + host + "]" : host,
                                connector.getLocalPort()));
    }

    /// Tokens by which pods are their service accounts.
    public PodTokens podTokens() {
        return new BoundTokens(registry.cluster(), accounts);
    }

    /// The certificate by which clients trust the server, in PEM.
    public String authority() {
        return pki.authority().certificatePem();
    }

    /// Writes how to reach the server as its administrator, with mode 0600, and makes it the file's
    /// current context, named `flotilla`. Other contexts in the file stay.
    public void writeKubeconfig(Path file) {
        Kubeconfig.write(file, uri(), pki);
    }

    /// Ends the watches, lets other requests finish for a moment, and stops.
    @Override
    public void close() {
        watches.close();
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.debug("Clients that did not go in time were cut off", e);
        } catch (Exception e) {
            throw new ServerFailure("The API server did not stop well: " + e.getMessage(), e);
        } finally {
            if (audit != null) {
                audit.close();
            }
        }
    }
}
