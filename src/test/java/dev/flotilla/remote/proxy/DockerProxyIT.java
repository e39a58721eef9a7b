package dev.flotilla.remote.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Lab;
import dev.flotilla.lab.LabNode;
import dev.flotilla.lab.LabPair;
import dev.flotilla.lab.Until;
import dev.flotilla.node.PodNetwork;
import dev.flotilla.node.proxy.Traffic;
import dev.flotilla.remote.DockerRuntime;
import dev.flotilla.remote.LabRuntime;
import dev.flotilla.traffic.Planner;
import dev.flotilla.traffic.plan.Picture;
import dev.flotilla.traffic.routes.NodePaths;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// Services on a real node, with real HAProxy and dnsmasq.
@LabPair
class DockerProxyIT {
    @RegisterExtension static final Lab lab = Lab.pair();

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ONE = "10.42.7.11";
    private static final String TWO = "10.42.7.12";
    private static final String LOAD =
            "i=0; while [ $i -lt 200 ]; do curl -sf -m 5 http://10.43.0.10/ >/dev/null || echo"
                    + " failed; i=$((i+1)); done";

    private final LabNode node = lab.node(1);
    private final Planner planner = new Planner();
    private DockerRuntime runtime;
    private DockerProxy proxy;

    @BeforeEach
    void ready() {
        runtime = LabRuntime.over(lab, node);
        runtime.ensureNetwork(new PodNetwork("10.42.7.0/24", "10.42.0.0/16"));
        web("one", ONE);
        web("two", TWO);
        proxy = runtime.services();
        proxy.bring(traffic(List.of(service("web", "10.43.0.10")), ONE));
    }

    @AfterEach
    void remains() {
        proxy.remove();
        node.run("docker", "rm", "-f", "one", "two");
        runtime.close();
    }

    @Test
    void servesUnderOneAddressAndOneNameFromPodsAndNode() {
        assertThat(ask()).startsWith("one ");
        assertThat(
                        node.docker(
                                "run",
                                "--rm",
                                "--network",
                                "flotilla",
                                "--dns",
                                "10.43.0.53",
                                "busybox",
                                "wget",
                                "-qO-",
                                "http://web.default.svc.cluster.local/"))
                .startsWith("one ");
        proxy.bring(traffic(List.of(service("api", "10.43.0.11")), ONE));
        Until.seen("the new name", SOON, () -> resolved("api"), "10.43.0.11"::equals);
        Until.seen("no old name", SOON, () -> resolved("web"), ""::equals);
    }

    @Test
    void losesNoRequestWhoeverComesAndGoes() {
        var load =
                CompletableFuture.supplyAsync(
                        () -> node.run("sh", "-c", LOAD), t -> Thread.ofPlatform().start(t));
        var web = service("web", "10.43.0.10");
        var worker = proxy.worker();
        for (int i = 0; i < 3; i++) {
            proxy.bring(traffic(List.of(web), ONE, TWO));
            proxy.bring(traffic(List.of(web), TWO));
            assertThat(ask()).startsWith("two ");
            proxy.bring(traffic(List.of(web), ONE));
            assertThat(ask()).startsWith("one ");
        }
        assertThat(proxy.worker()).isEqualTo(worker);

        proxy.bring(traffic(List.of(web, service("api", "10.43.0.11")), ONE));
        assertThat(proxy.worker()).isNotEqualTo(worker);
        assertThat(load.join().out()).isEmpty();
    }

    @Test
    void comesBackByItselfWhenKilledAndAfterABootWithNoMaster() {
        node.exec("pkill", "-9", "haproxy");
        node.exec("pkill", "-9", "dnsmasq");
        Until.seen("it serves again", SOON, this::ask, s -> s.startsWith("one "));
        Until.seen("names again", SOON, () -> resolved("web"), "10.43.0.10"::equals);
        proxy.bring(traffic(List.of(service("web", "10.43.0.10")), TWO));
        assertThat(ask()).startsWith("two ");

        node.exec("sync");
        node.powerOff();
        node.boot();
        Until.seen("it serves after a boot", SOON, this::ask, s -> s.startsWith("two "));
        Until.seen("names after a boot", SOON, () -> resolved("web"), "10.43.0.10"::equals);
    }

    private void web(String name, String address) {
        node.docker(
                "run",
                "-d",
                "--name",
                name,
                "--hostname",
                name,
                "--network",
                "flotilla",
                "--ip",
                address,
                "--restart",
                "always",
                "web:1");
    }

    private String ask() {
        return node.run("curl", "-s", "-m", "2", "http://10.43.0.10/").out();
    }

    private String resolved(String service) {
        var said =
                node.run(
                                "docker",
                                "run",
                                "--rm",
                                "--network",
                                "flotilla",
                                "busybox",
                                "nslookup",
                                service + ".default.svc.cluster.local",
                                "10.43.0.53")
                        .out();
        return said.lines()
                .filter(l -> l.startsWith("Address") && !l.contains("10.43.0.53"))
                .map(l -> l.replaceFirst("^Address[ 0-9]*: ", "").strip())
                .findFirst()
                .orElse("");
    }

    /// The Services all lead to the same endpoints.
    private Traffic traffic(List<Service> services, String... endpoints) {
        var slices =
                services.stream().map(s -> slice(s.getMetadata().getName(), endpoints)).toList();
        var picture =
                new Picture(services, slices, List.of(self()), List.of(), List.of(), List.of());
        return new Traffic(
                planner.plan(picture, node.name()),
                NodePaths.of(picture, node.name(), "10.42.0.0/16", "10.43.0.0/16"),
                "10.43.0.53",
                picture,
                List.of());
    }

    private Node self() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(node.name())
                .endMetadata()
                .withNewSpec()
                .withPodCIDR("10.42.7.0/24")
                .endSpec()
                .withNewStatus()
                .addNewAddress(node.address(), "InternalIP")
                .endStatus()
                .build();
    }

    private static Service service(String name, String address) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .withNewSpec()
                .withType("ClusterIP")
                .withClusterIP(address)
                .addNewPort()
                .withProtocol("TCP")
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private static EndpointSlice slice(String service, String... endpoints) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(service + "-1")
                .addToLabels("kubernetes.io/service-name", service)
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withProtocol("TCP")
                .withPort(8080)
                .endPort()
                .withEndpoints(
                        Stream.of(endpoints)
                                .map(
                                        a ->
                                                new EndpointBuilder()
                                                        .withAddresses(a)
                                                        .withNewConditions(true, true, false)
                                                        .build())
                                .toList())
                .build();
    }
}
