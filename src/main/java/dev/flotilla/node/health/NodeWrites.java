package dev.flotilla.node.health;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.pressure.NodePressures;
import dev.flotilla.node.pressure.Pressure;

import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Writes Nodes and their leases: reads, decides, writes what differs, and again when somebody else
/// was quicker.
public record NodeWrites(Cluster cluster, InstantSource time) {
    private static final int TRIES = 10;
    private static final String LEASES = "kube-node-lease";

    /// Makes or updates the whole Node.
    public void put(NodeObject wanted, Health health) {
        write(wanted.name(), true, wanted::withSpec);
        var now = time.instant();
        write(wanted.name(), false, node -> wanted.withStatus(node, health, now));
    }

    /// Says how a node is, if the cluster has the node.
    public void health(String name, Health health) {
        if (cluster.get(Node.class, ObjectKey.of(name)).isPresent()) {
            var now = time.instant();
            write(name, false, node -> NodeObject.withHealth(node, health, now));
        }
    }

    /// Says what a node is short of, if the cluster has the node: keeps pods away first.
    public void pressures(String name, Set<Pressure> pressures) {
        if (cluster.get(Node.class, ObjectKey.of(name)).isPresent()) {
            var now = time.instant();
            write(name, true, node -> NodePressures.tainted(node, pressures));
            write(name, false, node -> NodePressures.told(node, pressures, now));
        }
    }

    /// Says which images a node has, if the cluster has the node.
    public void images(String name, List<ContainerImage> images) {
        write(
                name,
                false,
                node ->
                        new NodeBuilder(node)
                                .editOrNewStatus()
                                .withImages(images)
                                .endStatus()
                                .build());
    }

    /// Renews the node's lease, as every Kubernetes node does.
    ///
    /// @param known as the last renewal left it, which spares a look; none to look
    /// @return the lease now, none if somebody else was quicker
    public Optional<Lease> renewLease(String name, Optional<Lease> known) {
        var now = time.instant().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
        var before = known.or(() -> cluster.get(Lease.class, new ObjectKey(LEASES, name)));
        var written =
                before.isPresent()
                        ? cluster.update(before.get(), renewed(before.get(), now))
                        : cluster.create(lease(name, now));
        return written instanceof Written.Done<Lease>(var lease)
                ? Optional.of(lease)
                : Optional.empty();
    }

    private static Lease renewed(Lease before, ZonedDateTime now) {
        return new LeaseBuilder(before).editSpec().withRenewTime(now).endSpec().build();
    }

    private static Lease lease(String name, ZonedDateTime now) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(LEASES)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(name)
                .withLeaseDurationSeconds(40)
                .withRenewTime(now)
                .endSpec()
                .build();
    }

    private void write(String name, boolean spec, UnaryOperator<Node> change) {
        for (int i = 0; i < TRIES; i++) {
            var before = cluster.get(Node.class, ObjectKey.of(name));
            if (before.isEmpty() && !spec) {
                return;
            }
            var after = change.apply(before.orElseGet(() -> fresh(name)));
            if (before.isPresent() && after.equals(before.get())) {
                return;
            }
            var written =
                    before.isEmpty()
                            ? cluster.create(after)
                            : spec
                                    ? cluster.update(before.get(), after)
                                    : cluster.updateStatus(before.get(), after);
            switch (written) {
                case Written.Done<Node> _ -> {
                    return;
                }
                case Written.Conflict<Node> _ -> {}
                case Written.Refused<Node>(var reason, var message) ->
                        throw new IllegalStateException(
                                "the API refuses node " + name + ": " + reason + ": " + message);
            }
        }
        throw new IllegalStateException(
                "node " + name + " could not be written: others were quicker " + TRIES + " times");
    }

    private static Node fresh(String name) {
        return new NodeBuilder().withNewMetadata().withName(name).endMetadata().build();
    }
}
