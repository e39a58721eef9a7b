package dev.flotilla.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.lab.Lab;
import dev.flotilla.lab.LabNode;
import dev.flotilla.lab.LabPair;
import dev.flotilla.model.Machine;
import dev.flotilla.model.MachineSpec;
import dev.flotilla.model.MachineStatus;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.Kubelets;
import dev.flotilla.node.PodLabels;
import dev.flotilla.registry.Registry;
import dev.flotilla.store.Store;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// Machines on their way to Nodes, with the real registry, the real kubelets, real sshd and Docker.
@LabPair
class MachinesIT {
    @RegisterExtension static final Lab lab = Lab.pair();

    private static final String ROOT = "lab-root";

    private final InstantSource time = Clock.systemUTC();
    private final Store store = Store.inMemory(time);
    private final Cluster cluster = new Registry(store, time, new SplittableRandom(1)).cluster();
    private final Informers informers = new Informers(cluster);
    private final Kubelets kubelets =
            new Kubelets(cluster, informers, time, new SplittableRandom(2), _ -> {});
    private final Machines machines =
            new Machines(
                    cluster,
                    informers,
                    NodeKeeper.of(kubelets),
                    time,
                    MachinesIT::simulated,
                    "10.42.0.0/16");
    private final Loop loop = new Loop("machines", machines, informers, time);

    MachinesIT() {
        secret(ROOT, Lab.ROOT_PASSWORD);
        machines.wake(loop);
        informers.start();
        loop.start(2);
    }

    private static ContainerRuntime simulated(Machine machine) {
        throw new AssertionError("no simulated machine here: " + machine);
    }

    @AfterEach
    void end() {
        loop.close();
        machines.close();
        kubelets.close();
        informers.close();
        store.close();
    }

    @Test
    void aPersonAgreesToTheHostKeyAndTheMachineIsANode() {
        var node = lab.node(1);
        create("vm", node, "root", ROOT, null);
        var asked = await("vm", s -> "HostKeyUnknown".equals(s.phase()));
        assertThat(asked.hostKey()).isEqualTo(node.hostKey());
        assertThat(asked.message()).contains(node.hostKey(), "ssh-keygen -lf");
        assertThat(cluster.get(Node.class, ObjectKey.of("vm"))).isEmpty();

        agree("vm", node.hostKey());
        var ready = await("vm", s -> "Ready".equals(s.phase()));
        assertThat(ready.nodeName()).isEqualTo("vm");
        assertThat(ready.message()).isNull();
        var registered = cluster.get(Node.class, ObjectKey.of("vm")).orElseThrow();
        assertThat(registered.getMetadata().getLabels()).containsEntry(Marks.RUNTIME, "docker-ssh");
        assertThat(registered.getStatus().getNodeInfo().getContainerRuntimeVersion())
                .startsWith("docker://");
        assertThat(node.docker("network", "inspect", "flotilla"))
                .contains(registered.getSpec().getPodCIDR());

        container("ours", cluster.get(Namespace.class, ObjectKey.of("kube-system")));
        container("theirs", Optional.empty());
        delete("vm");
        assertThat(node.docker("ps", "-a", "--format", "{{.Names}}").lines())
                .containsExactly("theirs");
        node.docker("rm", "-f", "theirs");
        assertThat(cluster.get(Node.class, ObjectKey.of("vm"))).isEmpty();
    }

    /// A container as a kubelet makes one, of this cluster or of another.
    private void container(String name, Optional<Namespace> system) {
        var id = system.map(n -> n.getMetadata().getUid()).orElse("another");
        lab.node(1)
                .docker(
                        "run",
                        "-d",
                        "--name",
                        name,
                        "--label",
                        PodLabels.UID + "=" + name,
                        "--label",
                        PodLabels.CLUSTER + "=" + id,
                        "pause:1");
    }

    @Test
    void noPasswordIsOfferedToAHostWhoseKeyIsNotPinned() {
        var node = lab.node(2);
        secret("typo", "not-the-password");
        long before = refusedPasswords(node);
        create("vm", node, "root", "typo", "SHA256:of-another-machine");
        var changed = await("vm", s -> "HostKeyChanged".equals(s.reason()));
        assertThat(changed.hostKey()).isEqualTo(node.hostKey());
        respec("vm", node, "root", "typo", null);
        await("vm", s -> "HostKeyUnknown".equals(s.phase()));
        assertThat(refusedPasswords(node)).isEqualTo(before);

        respec("vm", node, "root", "typo", node.hostKey());
        await("vm", s -> "AuthenticationFailed".equals(s.reason()));
        until(
                "sshd tells of the password",
                Duration.ofSeconds(10),
                () -> refusedPasswords(node) > before);
        delete("vm");
    }

    private static long refusedPasswords(LabNode node) {
        return node.exec("journalctl", "-u", "ssh", "--no-pager")
                .lines()
                .filter(l -> l.contains("Failed password"))
                .count();
    }

    @Test
    void nodesOfOneSegmentLearnTheWayToEachOthersPods() {
        create("one", lab.node(1), "root", ROOT, lab.node(1).hostKey());
        create("two", lab.node(2), "root", ROOT, lab.node(2).hostKey());
        await("one", s -> "Ready".equals(s.phase()));
        await("two", s -> "Ready".equals(s.phase()));
        var cidr =
                cluster.get(Node.class, ObjectKey.of("two")).orElseThrow().getSpec().getPodCIDR();
        until(
                "the route",
                Duration.ofSeconds(20),
                () ->
                        lab.node(1)
                                .exec("ip", "route")
                                .contains(cidr + " via " + lab.node(2).address()));
        assertThat(lab.node(1).exec("iptables", "-S", "DOCKER-USER")).contains("10.42.0.0/16");
        delete("one");
        delete("two");
    }

    @Test
    void aWrongPasswordIsToldAndTheRightOneIsTriedAtOnce() {
        secret("typo", "not-the-password");
        create("vm", lab.node(1), "root", "typo", lab.node(1).hostKey());
        var failed = await("vm", s -> "AuthenticationFailed".equals(s.reason()));
        assertThat(failed.phase()).isEqualTo("Failed");
        assertThat(failed.message())
                .contains(lab.node(1).address() + ":22", "password", "root", "publickey");
        assertThat(failed.message()).doesNotContain("not-the-password");

        password("typo", Lab.ROOT_PASSWORD);
        await("vm", s -> "Ready".equals(s.phase()));
        delete("vm");
    }

    @Test
    void aKeyOpensTooAndABrokenOneIsTold() {
        keySecret("broken", lab.privateKey().substring(0, 120));
        create("vm", lab.node(1), "sailor", "broken", lab.node(1).hostKey());
        var failed = await("vm", s -> "AuthenticationFailed".equals(s.reason()));
        assertThat(failed.message()).contains("private key can't be read");
        keySecret("good", lab.privateKey());
        respec("vm", lab.node(1), "sailor", "good", lab.node(1).hostKey());
        await("vm", s -> "Ready".equals(s.phase()));
        delete("vm");
    }

    @Test
    void aChangedHostKeyIsRefusedAndNothingMoves() {
        var node = lab.node(1);
        var before = node.hostKey();
        create("vm", node, "root", ROOT, before);
        await("vm", s -> "Ready".equals(s.phase()));
        node.changeHostKey();
        node.run("pkill", "-9", "-f", "^sshd: root");
        var changed = await("vm", s -> "HostKeyChanged".equals(s.reason()));
        assertThat(changed.phase()).isEqualTo("Failed");
        assertThat(changed.hostKey()).isEqualTo(node.hostKey());
        assertThat(changed.message()).contains(before, node.hostKey());
        assertThat(cluster.get(Node.class, ObjectKey.of("vm"))).isPresent();

        agree("vm", node.hostKey());
        await("vm", s -> "Ready".equals(s.phase()));
        delete("vm");
    }

    @Test
    void aHostNobodyKnowsAndAPortNobodyListensOn() {
        cluster.create(machine("ghost", ssh("no-such.invalid", 22, "root", ROOT, "SHA256:x")));
        assertThat(await("ghost", s -> "Failed".equals(s.phase())).reason())
                .isEqualTo("UnknownHost");
        cluster.create(machine("deaf", ssh(lab.node(1).address(), 2, "root", ROOT, "SHA256:x")));
        assertThat(await("deaf", s -> "Failed".equals(s.phase())).reason())
                .isEqualTo("ConnectionRefused");
        delete("ghost");
        delete("deaf");
    }

    @Test
    void noDockerThereAndNoPermissionToIt() {
        var node = lab.node(2);
        secret("stranger", Lab.STRANGER_PASSWORD);
        create("vm", node, "stranger", "stranger", node.hostKey());
        var denied = await("vm", s -> "Failed".equals(s.phase()));
        assertThat(denied.reason()).isEqualTo("DockerPermissionDenied");
        assertThat(denied.message()).contains("usermod -aG docker stranger");

        node.exec("systemctl", "stop", "docker.socket", "docker.service");
        respec("vm", node, "root", ROOT, node.hostKey());
        var stopped =
                await(
                        "vm",
                        s -> s.reason() != null && !"DockerPermissionDenied".equals(s.reason()));
        assertThat(stopped.reason()).isEqualTo("DockerNotRunning");
        assertThat(stopped.message()).contains("systemctl enable --now docker");

        node.exec("systemctl", "start", "docker.socket", "docker.service");
        await("vm", s -> "Ready".equals(s.phase()));
        delete("vm");
    }

    @Test
    void thisComputersDockerIsANodeToo() {
        var socket = lab.node(1).localSocket().toString();
        cluster.create(machine("here", new MachineSpec(null, new MachineSpec.Local(socket), null)));
        await("here", s -> "Ready".equals(s.phase()));
        assertThat(
                        cluster.get(Node.class, ObjectKey.of("here"))
                                .orElseThrow()
                                .getMetadata()
                                .getLabels())
                .containsEntry(Marks.RUNTIME, "docker-local");
        delete("here");

        cluster.create(
                machine(
                        "none",
                        new MachineSpec(null, new MachineSpec.Local("/no/such.sock"), null)));
        assertThat(await("none", s -> "Failed".equals(s.phase())).reason())
                .isEqualTo("DockerNotFound");
        delete("none");
    }

    private void create(
            String name, LabNode node, String user, String secret, @Nullable String hostKey) {
        var written = cluster.create(machine(name, ssh(node.address(), 22, user, secret, hostKey)));
        assertThat(written.done()).as(written.toString()).isTrue();
    }

    private static MachineSpec ssh(
            String host, int port, String user, String secret, @Nullable String hostKey) {
        return new MachineSpec(new MachineSpec.Ssh(host, port, user, secret, hostKey), null, null);
    }

    private static Machine machine(String name, MachineSpec spec) {
        var machine = new Machine();
        machine.setMetadata(new ObjectMetaBuilder().withName(name).build());
        machine.setSpec(spec);
        return machine;
    }

    private void agree(String name, String hostKey) {
        var spec = cluster.get(Machine.class, ObjectKey.of(name)).orElseThrow().getSpec();
        var ssh = Objects.requireNonNull(spec.ssh());
        respec(name, ssh(ssh.host(), 22, "root", ROOT, hostKey));
    }

    private void respec(
            String name, LabNode node, String user, String secret, @Nullable String hostKey) {
        respec(name, ssh(node.address(), 22, user, secret, hostKey));
    }

    private void respec(String name, MachineSpec spec) {
        until(
                "the spec is written",
                Duration.ofSeconds(10),
                () -> {
                    var before = cluster.get(Machine.class, ObjectKey.of(name)).orElseThrow();
                    var after = machine(name, spec);
                    after.setMetadata(before.getMetadata());
                    after.setStatus(before.getStatus());
                    return cluster.update(before, after).done();
                });
    }

    private void delete(String name) {
        var machine = cluster.get(Machine.class, ObjectKey.of(name)).orElseThrow();
        assertThat(cluster.delete(machine, Deletion.GRACEFUL).done()).isTrue();
        until(
                name + " is gone",
                Duration.ofSeconds(30),
                () -> cluster.get(Machine.class, ObjectKey.of(name)).isEmpty());
    }

    private void secret(String name, String password) {
        assertThat(cluster.create(secretOf(name, Map.of("password", password))).done()).isTrue();
    }

    private void keySecret(String name, String key) {
        assertThat(cluster.create(secretOf(name, Map.of("privateKey", key))).done()).isTrue();
    }

    private void password(String name, String password) {
        var before =
                cluster.get(Secret.class, new ObjectKey(Marks.SYSTEM_NAMESPACE, name))
                        .orElseThrow();
        var after =
                new SecretBuilder(before)
                        .withData(secretOf(name, Map.of("password", password)).getData())
                        .build();
        assertThat(cluster.update(before, after).done()).isTrue();
    }

    private static Secret secretOf(String name, Map<String, String> values) {
        var data = new HashMap<String, String>();
        values.forEach(
                (k, v) ->
                        data.put(
                                k,
                                Base64.getEncoder()
                                        .encodeToString(v.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(Marks.SYSTEM_NAMESPACE)
                .withName(name)
                .endMetadata()
                .withData(data)
                .build();
    }

    private MachineStatus await(String name, Predicate<MachineStatus> holds) {
        until(
                name + " " + status(name),
                Duration.ofSeconds(45),
                () -> status(name).filter(holds).isPresent());
        return status(name).orElseThrow();
    }

    private Optional<MachineStatus> status(String name) {
        return cluster.get(Machine.class, ObjectKey.of(name)).map(Machine::getStatus);
    }

    private void until(String what, Duration most, BooleanSupplier holds) {
        long start = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - start > most.toNanos()) {
                throw new AssertionError(
                        "not within "
                                + most
                                + ": "
                                + what
                                + "; machines: "
                                + cluster.list(Machine.class).items());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
