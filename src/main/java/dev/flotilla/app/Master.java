package dev.flotilla.app;

import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.controllers.Controllers;
import dev.flotilla.metrics.Meter;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.Kubelets;
import dev.flotilla.node.NodeConfig;
import dev.flotilla.provision.Machines;
import dev.flotilla.provision.NodeKeeper;
import dev.flotilla.registry.Registry;
import dev.flotilla.server.ApiServer;
import dev.flotilla.server.ServerConfig;
import dev.flotilla.store.Store;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A whole master, wired by hand: store, registry, loops, kubelets and the API.
final class Master implements AutoCloseable {
    private static final int MACHINES_AT_ONCE = 8;

    private final Closing parts;
    private final URI uri;
    private final Path kubeconfig;

    private Master(Closing parts, URI uri, Path kubeconfig) {
        this.parts = parts;
        this.uri = uri;
        this.kubeconfig = kubeconfig;
    }

    /// Starts one; when it returns the API serves and the kubeconfig is written. If a part fails to
    /// start, those that had started are closed and its failure says what to do.
    static Master start(MasterOptions options, InstantSource clock) {
        var parts = new Closing();
        try {
            return start(options, clock, parts);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static Master start(MasterOptions options, InstantSource clock, Closing parts) {
        var random = new Random();
        var store = parts.add(Store.open(options.data, clock, Registry.sealedKeys()));
        var registry = new Registry(store, clock, random, options.serviceCidr);
        var cluster = registry.cluster();
        var meter = new Meter();
        var server =
                parts.add(
                        new ApiServer(
                                registry,
                                meter::nodes,
                                new ServerConfig(
                                        options.listen.getHostString(),
                                        options.listen.getPort(),
                                        options.data.resolve("pki"),
                                        List.of(),
                                        Version.number(),
                                        options.data.resolve("audit")),
                                clock));
        server.start();

        var informers = parts.add(new Informers(cluster));
        var controllers = parts.add(Controllers.all(cluster, informers, clock, random));
        registry.answer(
                registry.type("flotilla.dev", "v1alpha1", "placementreviews").orElseThrow(),
                controllers.placementReviews());
        var kubelets =
                parts.add(
                        new Kubelets(
                                cluster,
                                informers,
                                clock,
                                random,
                                meter::take,
                                NodeConfig.of(options.nodeCidr)));
        var simulation = parts.add(new Simulation(clock, random));
        var machines =
                parts.add(
                        new Machines(
                                cluster,
                                informers,
                                keeper(kubelets),
                                clock,
                                simulation::runtime,
                                options.nodeCidr));
        var provisioning = parts.add(new Loop("machines", machines, informers, clock));
        machines.wake(provisioning);
        informers.start();
        controllers.start();
        provisioning.start(MACHINES_AT_ONCE);
        Simulation.ensureMachines(cluster, options.simulate);

        server.writeKubeconfig(options.kubeconfigFile());
        return new Master(parts, server.uri(), options.kubeconfigFile());
    }

    private static NodeKeeper keeper(Kubelets kubelets) {
        return new NodeKeeper() {
            @Override
            public void attach(
                    String nodeName,
                    ContainerRuntime runtime,
                    String runtimeMark,
                    Map<String, String> labels) {
                kubelets.attach(nodeName, runtime, runtimeMark, labels);
            }

            @Override
            public void detach(String nodeName) {
                kubelets.detach(nodeName);
            }
        };
    }

    /// The line that says that it serves, a contract.
    String readyLine() {
        return "ready " + uri + " kubeconfig " + kubeconfig;
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() {
        parts.close();
    }
}
