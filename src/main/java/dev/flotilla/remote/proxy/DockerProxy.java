package dev.flotilla.remote.proxy;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.proxy.NodeProxy;
import dev.flotilla.node.proxy.Traffic;
import dev.flotilla.remote.check.DockerChecks;
import dev.flotilla.remote.engine.Engine;
import dev.flotilla.remote.image.DockerImages;
import dev.flotilla.remote.link.NodeHost;
import dev.flotilla.traffic.haproxy.Step;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Services on a node with a real Docker Engine.
///
/// What is there is known only for as long as the same process of the balancer serves: after a
/// crash, a boot, or another's doing everything is brought anew.
public final class DockerProxy implements NodeProxy {
    private final NodeFiles files;
    private final NodeRoutes routes;
    private final ProxyImage image;
    private final ProxyContainers containers;
    private final Balancer balancer;
    private final NodeHost host;
    private @Nullable Placed last;
    private String worker = "";

    /// Orders to let servers go that still have something to end.
    private final List<String> leaving = new ArrayList<>();

    public DockerProxy(Engine engine, DockerImages images, NodeHost host) {
        this.host = host;
        this.files = new NodeFiles(host);
        this.routes = new NodeRoutes(host);
        this.image = new ProxyImage(images);
        this.containers = new ProxyContainers(engine);
        this.balancer =
                new Balancer(
                        new BalancerSocket(host, ProxyFolder.COMMANDS),
                        new BalancerSocket(host, ProxyFolder.MASTER),
                        new DockerChecks(engine, host::dial));
    }

    @Override
    public void bring(Traffic wanted) {
        var before = last;
        if (before == null || !worker.equals(balancer.worker())) {
            last = null;
            begin(wanted);
            return;
        }
        var after = before.surroundings().place(wanted);
        last = null; // until it is known what became of it
        network(before, after);
        balance(before, after);
        letGo();
        names(before, after);
        last = after;
        worker = balancer.worker();
    }

    /// Everything, whatever is there.
    private void begin(Traffic wanted) {
        var surroundings = Surroundings.of(files);
        var after = surroundings.place(wanted);
        image.ensure();
        var all = new TreeMap<>(after.config().files());
        all.put(ProxyFolder.NETWORK, after.network());
        all.put(ProxyFolder.NAMES, after.names().main());
        all.put(ProxyFolder.PORTS, after.names().second());
        all.put(ProxyFolder.FORWARD, after.names().forward());
        after.names().hosts().forEach((file, text) -> all.put(hosts(file), text));
        files.placeOnly(all);
        routes.bring();
        leaving.clear();
        if (balancer.worker().isEmpty()) {
            containers.remove(ProxyContainers.BALANCER); // it may be waiting to be begun again
            files.place(Map.of(ProxyFolder.BALANCER, after.config().text()), List.of());
            containers.ensureBalancer(surroundings.group());
            balancer.awaitWorker();
        } else {
            containers.ensureBalancer(surroundings.group());
            reload(after);
        }
        containers.ensureNames();
        containers.restart(ProxyContainers.NAMES);
        containers.restart(ProxyContainers.PORTS);
        worker = balancer.worker();
        last = after;
    }

    /// Addresses must be the node's own before the balancer listens on them.
    private void network(Placed before, Placed after) {
        if (!before.network().equals(after.network())) {
            files.place(Map.of(ProxyFolder.NETWORK, after.network()), List.of());
            routes.bring();
        }
    }

    private void balance(Placed before, Placed after) {
        switch (Step.between(before.config(), after.config())) {
            case Step.Nothing _ -> {}
            case Step.Commands(var commands, var later) -> {
                if (carriedOut(commands)) {
                    files.place(Map.of(ProxyFolder.BALANCER, after.config().text()), List.of());
                    leaving.addAll(later);
                } else {
                    reload(after);
                }
            }
            case Step.Reload _ -> reload(after);
        }
    }

    /// Who has connections left is refused to be let go, and asked again.
    private void letGo() {
        if (!leaving.isEmpty()) {
            var asked = List.copyOf(leaving);
            var answers = balancer.commands().ask(asked);
            leaving.clear();
            for (int i = 0; i < asked.size(); i++) {
                if (answers.get(i).contains(Balancer.IN_USE)) {
                    leaving.add(asked.get(i));
                }
            }
        }
    }

    private boolean carriedOut(List<String> commands) {
        return balancer.commands().ask(commands).stream()
                .allMatch(a -> a.isEmpty() || a.equals(Balancer.REGISTERED));
    }

    private void reload(Placed after) {
        var proposed = ProxyFolder.BALANCER + ".new";
        var all = new HashMap<>(after.config().files());
        all.put(proposed, after.config().text());
        files.place(all, List.of());
        var flaws = balancer.flaws(ProxyFolder.PATH + "/" + proposed);
        if (!flaws.isEmpty()) {
            files.place(Map.of(), List.of(proposed));
            throw new RefusedByEngine(
                    "The balancer of %s does not take its configuration, and goes on with the one before: %s"
                            .formatted(host.address(), flaws));
        }
        files.place(Map.of(ProxyFolder.BALANCER, after.config().text()), List.of(proposed));
        balancer.reload();
        leaving.clear();
    }

    private void names(Placed before, Placed after) {
        var change = after.names().since(before.names());
        if (change.none()) {
            return;
        }
        var changed = new HashMap<String, String>();
        change.written().forEach((file, text) -> changed.put(hosts(file), text));
        changed.put(ProxyFolder.NAMES, after.names().main());
        changed.put(ProxyFolder.PORTS, after.names().second());
        changed.put(ProxyFolder.FORWARD, after.names().forward());
        files.place(
                changed,
                new ArrayList<>(change.removed().stream().map(DockerProxy::hosts).toList()));
        if (change.restartMain()) {
            containers.restart(ProxyContainers.NAMES);
        }
        if (change.restartSecond()) {
            containers.restart(ProxyContainers.PORTS);
        }
        if (change.hangUp()) {
            hangUp();
        }
    }

    /// By the node: the engine would take it for a stop that somebody wanted.
    private void hangUp() {
        containers.pid(ProxyContainers.NAMES).ifPresent(files::hangUp);
    }

    private static String hosts(String file) {
        return ProxyFolder.HOSTS + "/" + file;
    }

    /// Takes the containers away.
    public void remove() {
        ProxyContainers.ALL.forEach(containers::remove);
    }

    /// Which process of the balancer serves now; empty if none does.
    String worker() {
        return balancer.worker();
    }
}
