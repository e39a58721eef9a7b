package dev.flotilla.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// From three VMs' addresses to pods: the master as a process, the real kubectl, real containers.
class FirstLightIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension static final LabCluster cluster = LabCluster.shared(1);

    private final Lab lab = cluster.lab();
    private final Master master = cluster.master();
    private final Kubectl kubectl = cluster.kubectl();
    private String namespace = "";

    @BeforeEach
    void makeANamespace(TestInfo test) {
        namespace = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        kubectl.run("create", "namespace", namespace);
    }

    @AfterEach
    void removeIt() {
        kubectl.ask("delete", "namespace", namespace, "--wait=false");
    }

    @Test
    void spreadsAndScales() {
        deploy("web", "web:1", 6);
        assertThat(whenRunning(6)).containsExactlyEntriesOf(eachNode(2));
        scale("web", 9);
        assertThat(whenRunning(9)).containsExactlyEntriesOf(eachNode(3));
        scale("web", 3);
        assertThat(whenRunning(3)).containsExactlyEntriesOf(eachNode(1));
        assertThat(kubectl.run("-n", namespace, "get", "deployment", "web")).contains("3/3");
    }

    @Test
    void whatIsKilledByHandComesBack() {
        deploy("web", "web:1", 3);
        whenRunning(3);
        var node = lab.node(2);
        var victim = containers(node).getFirst();
        node.docker("kill", victim);
        whenRunning(3);
        Until.seen(
                "the pod is counted Ready again",
                SOON,
                () -> kubectl.run("-n", namespace, "get", "deployment", "web"),
                table -> table.contains("3/3"));
    }

    /// The best of three counts, and where the machine is busy with other things, what its engine
    /// takes then.
    @Test
    void aCrashIsRepairedWithinASecond() {
        deploy("web", "web:1", 3);
        whenRunning(3);
        var best =
                lab.nodes().stream().map(this::repair).min(Comparator.naturalOrder()).orElseThrow();
        assertThat(best).isLessThan(lab.node(1).aSecondOrBusy("web:1"));
        Until.seen("the restarts are counted", SOON, this::restarts, Set.of("1")::equals);
    }

    /// How long it took from a crash of the node's one container until it ran again.
    private Duration repair(LabNode node) {
        var victim = containers(node).getFirst();
        var pid = node.docker("inspect", "-f", "{{.State.Pid}}", victim).strip();
        var crash = Instant.now();
        node.exec("kill", "-9", pid);
        var back =
                Until.seen(
                        "the container runs again",
                        SOON,
                        () -> startedAt(node),
                        started -> started.isAfter(crash));
        return Duration.between(crash, back);
    }

    @Test
    void deletionLeavesNoContainer() {
        deploy("web", "web:1", 6);
        whenRunning(6);
        kubectl.run("-n", namespace, "delete", "deployment", "web");
        for (var node : lab.nodes()) {
            Until.seen(
                    node.name() + " keeps nothing",
                    SOON,
                    () -> node.docker("ps", "-aq", "--filter", inNamespace()),
                    String::isEmpty);
        }
        assertThat(kubectl.get("-n", namespace, "pods,replicasets,deployments").get("items"))
                .isEmpty();
    }

    @Test
    void aKilledMasterAdoptsWhatItLeft() throws IOException {
        deploy("web", "web:1", 6);
        whenRunning(6);
        whenReady("web", 6);
        var containers = allContainers();
        var pods = podUids();

        master.kill();
        assertThat(allContainers()).as("while nobody rules").isEqualTo(containers);
        master.start();
        cluster.whenReady();
        whenReady("web", 6);
        assertThat(podUids()).isEqualTo(pods);
        assertThat(allContainers()).isEqualTo(containers);
        assertThat(restarts()).as("restarts").containsOnly("0");

        scale("web", 7);
        whenRunning(7);
        assertThat(allContainers()).as("adopted, not replaced").containsAll(containers);
    }

    @Test
    void anImageThatCannotBeHadSaysWhyAndHoldsUpNobody() {
        deploy("ghost", "no-such-image:1", 1);
        deploy("web", "web:1", 3);
        whenRunning(3);
        whenReady("web", 3);
        var reason = "jsonpath={.items[0].status.containerStatuses[0].state.waiting.reason}";
        Until.seen(
                "the reason",
                SOON,
                () -> kubectl.run("-n", namespace, "get", "pods", "-l", "app=ghost", "-o", reason),
                List.of("ErrImagePull", "ImagePullBackOff")::contains);
        var words = "jsonpath={.items[0].status.containerStatuses[0].state.waiting.message}";
        Until.seen(
                "Docker's own words",
                SOON,
                () -> kubectl.run("-n", namespace, "get", "pods", "-l", "app=ghost", "-o", words),
                said -> said.contains("registry-1.docker.io"));
        assertThat(kubectl.run("-n", namespace, "get", "pods", "-l", "app=ghost"))
                .containsAnyOf("ErrImagePull", "ImagePullBackOff");
    }

    private void deploy(String name, String image, int replicas) {
        kubectl.apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %1$s
                  namespace: %2$s
                spec:
                  replicas: %4$d
                  selector:
                    matchLabels: {app: %1$s}
                  template:
                    metadata:
                      labels: {app: %1$s}
                    spec:
                      containers:
                        - name: main
                          image: %3$s
                          ports: [{containerPort: 8080}]
                """
                        .formatted(name, namespace, image, replicas));
    }

    private void scale(String name, int replicas) {
        kubectl.run("-n", namespace, "scale", "deployment", name, "--replicas=" + replicas);
    }

    private void whenReady(String name, int replicas) {
        Until.seen(
                name + " is Ready",
                SOON,
                () -> kubectl.run("-n", namespace, "get", "deployment", name),
                table -> table.contains("%1$d/%1$d".formatted(replicas)));
    }

    /// Containers that really run, by node, once there are `count`.
    private Map<String, Integer> whenRunning(int count) {
        return Until.seen(
                count + " containers run",
                SOON,
                () -> {
                    var running = new TreeMap<String, Integer>();
                    lab.nodes().forEach(n -> running.put(n.name(), containers(n).size()));
                    return running;
                },
                running -> running.values().stream().mapToInt(i -> i).sum() == count);
    }

    private Map<String, Integer> eachNode(int count) {
        return new TreeMap<>(
                lab.nodes().stream().collect(Collectors.toMap(LabNode::name, _ -> count)));
    }

    private String inNamespace() {
        return "label=io.kubernetes.pod.namespace=" + namespace;
    }

    private List<String> containers(LabNode node) {
        return node.docker("ps", "-q", "--no-trunc", "--filter", inNamespace()).lines().toList();
    }

    private Collection<String> allContainers() {
        return lab.nodes().stream()
                .flatMap(node -> containers(node).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Instant startedAt(LabNode node) {
        return containers(node).stream()
                .map(id -> node.docker("inspect", "-f", "{{.State.StartedAt}}", id).strip())
                .map(Instant::parse)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private Collection<String> podUids() {
        return words("jsonpath={.items[*].metadata.uid}");
    }

    private Collection<String> restarts() {
        return words("jsonpath={.items[*].status.containerStatuses[*].restartCount}");
    }

    private Collection<String> words(String path) {
        var said = kubectl.run("-n", namespace, "get", "pods", "-o", path);
        return new TreeSet<>(List.of(said.split(" ")));
    }
}
