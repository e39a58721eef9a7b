package dev.flotilla.provision;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.model.Machine;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Machine to Node. Whatever was begun is finished by beginning again: each step finds out first.
public final class Machines implements Reconciler, AutoCloseable {
    /// How often a machine that is a Node is looked after.
    private static final Duration ROUND = Duration.ofSeconds(5);

    private final Informer<Machine> machines;
    private final Informer<Node> nodes;
    private final Informer<Secret> secrets;
    private final Credentials credentials;
    private final NodeKeeper keeper;
    private final InstantSource time;
    private final String clusterCidr;
    private final Steps steps;
    private final Statuses statuses;
    private final Removal removal;

    /// By machine; a key is never reconciled by two threads at once.
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

    /// @param simulated makes the runtime of a simulated machine
    /// @param clusterCidr of all pods
    public Machines(
            Cluster cluster,
            Informers informers,
            NodeKeeper keeper,
            InstantSource time,
            Function<Machine, ContainerRuntime> simulated,
            String clusterCidr) {
        this.machines = informers.of(Machine.class);
        this.nodes = informers.of(Node.class);
        this.secrets = informers.of(Secret.class);
        this.credentials = new Credentials(secrets);
        this.keeper = keeper;
        this.time = time;
        this.clusterCidr = clusterCidr;
        this.steps = new Steps(time, simulated);
        this.statuses = new Statuses(cluster);
        this.removal = new Removal(cluster);
    }

    /// Has `loop` look at a machine when it or its Secret changes.
    public void wake(Loop loop) {
        machines.listen(c -> loop.mark(ObjectKey.of(c.object())));
        secrets.listen(
                c -> {
                    var metadata = c.object().getMetadata();
                    if (Marks.SYSTEM_NAMESPACE.equals(metadata.getNamespace())) {
                        machines.all().stream()
                                .filter(m -> uses(m, metadata.getName()))
                                .forEach(m -> loop.mark(ObjectKey.of(m)));
                    }
                });
    }

    private static boolean uses(Machine machine, String secret) {
        var spec = machine.getSpec();
        return spec != null && spec.ssh() != null && secret.equals(spec.ssh().secretName());
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = machines.get(key);
        if (found.isEmpty()) {
            attempts.remove(key.name());
            letGo(key.name());
            return Outcome.SETTLED;
        }
        var machine = found.get();
        if (machine.getMetadata().getDeletionTimestamp() != null) {
            return remove(machine);
        }
        if (!Statuses.hasFinalizer(machine)) {
            return statuses.addFinalizer(machine)
                    ? Outcome.again(Duration.ZERO)
                    : Outcome.again(Duration.ofSeconds(1));
        }
        var wanted = credentials.wanted(machine);
        var now = held.get(key.name());
        if (now != null && now.wanted().equals(wanted)) {
            return lookAfter(machine, now);
        }
        var last = attempts.get(key.name());
        if (last != null && last.wanted.equals(wanted)) {
            var left = Duration.between(time.instant(), last.next);
            if (last.failure.waitsForAPerson()) {
                return Outcome.SETTLED;
            }
            if (left.isPositive()) {
                return Outcome.again(left);
            }
        }
        return provision(machine, wanted);
    }

    private Outcome provision(Machine machine, Wanted wanted) {
        var name = machine.getMetadata().getName();
        boolean resumed = resumed(machine);
        letGo(name);
        var setup = steps.run(machine, wanted, step -> progress(machine, resumed, step));
        return switch (setup) {
            case Setup.Stopped(var failure) -> failed(machine, wanted, failure);
            case Setup.Reached reached -> {
                try {
                    keeper.attach(name, reached.runtime(), reached.mark(), Map.of());
                } catch (RuntimeUnavailable | RefusedByEngine e) {
                    reached.runtime().close();
                    yield failed(machine, wanted, notRegistered(e));
                }
                attempts.remove(name);
                var paths = reached.link() == null ? null : new PodPaths(clusterCidr);
                var now = new Held(wanted, reached, paths);
                held.put(name, now);
                yield lookAfter(machine, now);
            }
        };
    }

    private static Failure notRegistered(RuntimeException e) {
        return new Failure(
                "Register the node",
                e instanceof RuntimeUnavailable ? "DockerNotAnswering" : "DockerRefused",
                String.valueOf(e.getMessage()),
                null);
    }

    /// A machine that was Ready stays so while a new master takes it up again.
    private boolean resumed(Machine machine) {
        var name = machine.getMetadata().getName();
        var status = machine.getStatus();
        return status != null
                && "Ready".equals(status.phase())
                && !held.containsKey(name)
                && !attempts.containsKey(name);
    }

    private void progress(Machine machine, boolean resumed, String step) {
        if (!resumed) {
            var status = Statuses.provisioning(step, machine.getStatus());
            statuses.write(ObjectKey.of(machine), status);
        }
    }

    private Outcome failed(Machine machine, Wanted wanted, Failure failure) {
        var name = machine.getMetadata().getName();
        var last = attempts.get(name);
        int failures = last != null && last.wanted.equals(wanted) ? last.failures + 1 : 1;
        var pause = failure.pause(failures);
        attempts.put(name, new Attempt(wanted, failure, failures, time.instant().plus(pause)));
        statuses.write(ObjectKey.of(machine), Statuses.failed(failure, machine.getStatus()));
        return failure.waitsForAPerson() ? Outcome.SETTLED : Outcome.again(pause);
    }

    /// The link may have met something that only a person can mend; the Node's own conditions tell
    /// the rest.
    private Outcome lookAfter(Machine machine, Held now) {
        var key = ObjectKey.of(machine);
        var link = now.reached().link();
        var problem = link == null ? null : link.problem().orElse(null);
        if (problem != null) {
            statuses.write(key, Statuses.failed(Failure.of(problem), machine.getStatus()));
            return Outcome.again(ROUND);
        }
        var trouble = "";
        if (link != null && now.paths() != null) {
            try {
                trouble =
                        now.paths()
                                .bring(link.session(), PodRoutes.wanted(key.name(), nodes.all()));
            } catch (RuntimeUnavailable _) {
                return Outcome.again(ROUND);
            }
        }
        statuses.write(key, Statuses.ready(key.name(), now.reached().hostKey(), trouble));
        return Outcome.again(ROUND);
    }

    private Outcome remove(Machine machine) {
        var name = machine.getMetadata().getName();
        if (!Statuses.hasFinalizer(machine)) {
            letGo(name);
            return Outcome.SETTLED;
        }
        keeper.detach(name);
        var now = held.remove(name);
        attempts.remove(name);
        if (now != null) {
            removal.clean(name, now.reached().runtime());
            now.close();
        } else if (machine.getStatus() != null && machine.getStatus().nodeName() != null) {
            if (steps.run(machine, credentials.wanted(machine), _ -> {})
                    instanceof Setup.Reached reached) {
                removal.clean(name, reached.runtime());
                reached.runtime().close();
            }
        }
        return removal.deleteNode(name) && statuses.removeFinalizer(machine)
                ? Outcome.SETTLED
                : Outcome.again(Duration.ofSeconds(1));
    }

    private void letGo(String name) {
        var now = held.remove(name);
        if (now != null) {
            keeper.detach(name);
            now.close();
        }
    }

    /// Leaves all machines alone; what runs on them goes on.
    @Override
    public void close() {
        held.keySet().forEach(this::letGo);
    }

    /// @param next not to be tried again before
    private record Attempt(Wanted wanted, Failure failure, int failures, Instant next) {}
}
