package dev.flotilla.app;

import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Rush;
import dev.flotilla.controllers.Controllers;
import dev.flotilla.metrics.Meter;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.Kubelets;
import dev.flotilla.node.NodeConfig;
import dev.flotilla.node.copy.VolumeCopies;
import dev.flotilla.node.push.ImagePushes;
import dev.flotilla.provision.Machines;
import dev.flotilla.provision.NodeKeeper;
import dev.flotilla.provision.VmSystems;
import dev.flotilla.registry.Registry;
import dev.flotilla.server.ApiServer;
import dev.flotilla.server.Door;
import dev.flotilla.server.ServerConfig;
import dev.flotilla.store.Folder;
import dev.flotilla.store.Store;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A whole master, wired by hand: store, registry, loops, kubelets and the API.
final class Master implements AutoCloseable {
    private static final int MACHINES_AT_ONCE = 8;

    private final Closing parts;
    private final MasterOptions options;
    private final InstantSource clock;
    private final Random random = new Random();
    private final Meter meter = new Meter();
    private final CompletableFuture<Controllers> answering = new CompletableFuture<>();
    private final LateStreams streams = new LateStreams();
    private final Registry registry;
    private final ApiServer server;

    /// Reads the store and the keys at the same time: each takes about as long. Neither is touched
    /// before the folder is held.
    private Master(MasterOptions options, InstantSource clock, Closing parts) {
        this.parts = parts;
        this.options = options;
        this.clock = clock;
        var config =
                new ServerConfig(
                        options.listen.getHostString(),
                        options.listen.getPort(),
                        options.data.resolve("pki"),
                        List.of(),
                        Version.number(),
                        options.data.resolve("audit"));
        var folder = Folder.claim(options.data.toAbsolutePath());
        var keys = CompletableFuture.supplyAsync(() -> Door.of(config, clock.instant()));
        var store = parts.add(Store.open(folder, clock, Registry.sealedKeys()));
        registry = new Registry(store, clock, random, options.serviceCidr);
        registry.answer(
                registry.type("flotilla.dev", "v1alpha1", "placementreviews").orElseThrow(),
                review -> answering.join().placementReviews().apply(review));
        registry.answer(
                registry.type("flotilla.dev", "v1alpha1", "rebalancereviews").orElseThrow(),
                review -> answering.join().rebalanceReviews().apply(review));
        server =
                parts.add(
                        new ApiServer(
                                joined(keys), registry, meter::nodes, config, clock, streams));
        server.start();
        server.writeKubeconfig(options.kubeconfigFile());
    }

    /// Opens one; when it returns the API serves and the kubeconfig is written. If a part fails to
    /// start, those that had started are closed and its failure says what to do.
    static Master open(MasterOptions options, InstantSource clock) {
        var parts = new Closing();
        try {
            return new Master(options, clock, parts);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /// Starts the loops. They first read all there is, which takes a while where there is much, and
    /// the API serves meanwhile.
    void work() {
        var cluster = registry.cluster();
        var informers = parts.add(new Informers(cluster));
        var controllers =
                parts.add(
                        Controllers.all(
                                cluster,
                                informers,
                                clock,
                                random,
                                Thread::startVirtualThread,
                                server.authority(),
                                meter::nodes,
                                Rush.ofAll(informers, clock)::rest));
        answering.complete(controllers);
        var kubelets =
                parts.add(
                        new Kubelets(
                                cluster,
                                informers,
                                clock,
                                random,
                                meter::take,
                                NodeConfig.of(options.nodeCidr)
                                        .with(DockerHere.logins())
                                        .withPodPids(options.podPids)
                                        .with(options.evictionHard),
                                server.podTokens()));
        streams.lead(kubelets.streams());
        var simulation = parts.add(new Simulation(clock, random));
        var machines =
                parts.add(
                        new Machines(
                                cluster,
                                informers,
                                NodeKeeper.of(kubelets),
                                clock,
                                simulation::runtime,
                                options.nodeCidr));
        var provisioning = parts.add(new Loop("machines", machines, informers, clock));
        machines.wake(provisioning);
        var pushes =
                parts.add(
                        new ImagePushes(
                                cluster,
                                informers,
                                new DockerHere(
                                        kubelets, new VmSystems(cluster), options.data, clock),
                                clock,
                                Thread::startVirtualThread));
        var pushing = parts.add(new Loop("imagepushes", pushes, informers, clock));
        pushes.wake(pushing);
        var copies =
                parts.add(
                        new VolumeCopies(
                                cluster,
                                informers,
                                node -> kubelets.runtime(node).map(ContainerRuntime::folders),
                                clock,
                                work ->
                                        Thread.ofPlatform()
                                                .daemon()
                                                .name("volume copy")
                                                .start(work)));
        var copying = parts.add(new Loop("volumecopies", copies, informers, clock));
        copies.wake(copying);
        informers.start();
        controllers.start();
        pushing.start(1);
        copying.start(1);
        provisioning.start(MACHINES_AT_ONCE);
        Simulation.ensureMachines(cluster, options.simulate);
    }

    private static Door joined(CompletableFuture<Door> door) {
        try {
            return door.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// The line that says that it serves, a contract.
    String readyLine() {
        return "ready " + uri() + " kubeconfig " + options.kubeconfigFile();
    }

    URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        boolean _ = answering.cancel(false);
        parts.close();
    }
}
