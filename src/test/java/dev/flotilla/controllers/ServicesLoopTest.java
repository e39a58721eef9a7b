package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// Where Services lead, kept by the loops on the real store and registry.
class ServicesLoopTest {
    private final World world = new World(1, 0);
    private final People people = new People(world);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void slicesAndEndpointsFollowPodsAndRestWhenPodsDo() {
        world.addNode("n1", 4000);
        people.deploy("web", 3);
        made(service("web"));
        world.calm();
        assertThat(told("web")).hasSize(3).isEqualTo(addresses("web"));
        assertThat(legacy("web")).isEqualTo(addresses("web"));
        people.resize("web", 5);
        world.calm();
        assertThat(told("web")).hasSize(5).isEqualTo(addresses("web"));

        long revision = world.truth.revision();
        world.restart();
        world.calm();
        assertThat(world.truth.revision()).as("nothing to write").isEqualTo(revision);
    }

    @Test
    void aPodLeavesWithItsLabelAndANewSelectorFindsItsPods() {
        world.addNode("n1", 4000);
        people.deploy("web", 2);
        people.deploy("api", 1);
        made(service("web"));
        world.calm();
        var pod = world.pods("web").getFirst();
        world.edit(
                pod,
                p ->
                        new PodBuilder(p)
                                .editMetadata()
                                .addToLabels("app", "none")
                                .endMetadata()
                                .build());
        world.calm();
        assertThat(told("web"))
                .hasSize(2)
                .doesNotContain(pod.getStatus().getPodIP())
                .isEqualTo(addresses("web"));
        world.edit(
                get(Service.class, "web"),
                s ->
                        new ServiceBuilder(s)
                                .editSpec()
                                .withSelector(Map.of("app", "api"))
                                .endSpec()
                                .build());
        world.calm();
        assertThat(told("web")).isEqualTo(addresses("api"));
    }

    @Test
    void whatIsTamperedWithComesBackAndAllGoesWithTheService() {
        world.addNode("n1", 4000);
        people.deploy("web", 2);
        made(service("web"));
        world.calm();
        var slice = slices("web").getFirst();
        world.edit(slice, s -> new EndpointSliceBuilder(s).withEndpoints().build());
        world.truth.delete(get(Endpoints.class, "web"), Deletion.NOW);
        world.calm();
        assertThat(told("web")).isEqualTo(addresses("web"));
        assertThat(legacy("web")).isEqualTo(addresses("web"));
        world.truth.delete(slices("web").getFirst(), Deletion.NOW);
        world.calm();
        assertThat(told("web")).isEqualTo(addresses("web"));

        world.truth.delete(get(Service.class, "web"), Deletion.NOW);
        world.calm();
        assertThat(slices("web")).isEmpty();
        assertThat(world.truth.get(Endpoints.class, new ObjectKey("default", "web"))).isEmpty();
    }

    @Test
    void endpointsMadeByHandAreMirrored() {
        made(new ServiceBuilder(service("db")).editSpec().withSelector(Map.of()).endSpec().build());
        var draft =
                new EndpointsBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("db")
                        .endMetadata()
                        .addNewSubset()
                        .addNewAddress()
                        .withIp("192.0.2.1")
                        .endAddress()
                        .addNewPort()
                        .withPort(5432)
                        .endPort()
                        .endSubset();
        made(draft.build());
        world.calm();
        assertThat(told("db")).containsExactly("192.0.2.1");
        long revision = world.truth.revision();
        world.restart();
        world.calm();
        assertThat(world.truth.revision()).as("nothing to write").isEqualTo(revision);
        world.edit(
                get(Endpoints.class, "db"),
                e ->
                        new EndpointsBuilder(e)
                                .editMetadata()
                                .addToLabels("endpointslice.kubernetes.io/skip-mirror", "true")
                                .endMetadata()
                                .build());
        world.calm();
        assertThat(slices("db")).isEmpty();
    }

    @Test
    void aLoadBalancerIsTheReadyNodes() {
        node("n1", true, "192.0.2.20", "InternalIP");
        node("n2", true, "192.0.2.3", "InternalIP");
        node("n3", false, "192.0.2.4", "InternalIP");
        node("n4", true, "198.51.100.1", "ExternalIP");
        made(balanced("web"));
        made(
                new ServiceBuilder(balanced("other"))
                        .editSpec()
                        .withLoadBalancerClass("example.com/cloud")
                        .endSpec()
                        .build());
        world.calm();
        assertThat(ways("web")).containsExactly("192.0.2.3", "192.0.2.20", "198.51.100.1");
        assertThat(ways("other")).isEmpty();
        world.edit(
                world.truth.get(Node.class, ObjectKey.of("n1")).orElseThrow(),
                n ->
                        new NodeBuilder(n)
                                .editMetadata()
                                .addToLabels(
                                        "node.kubernetes.io/exclude-from-external-load-balancers",
                                        "")
                                .endMetadata()
                                .build());
        world.calm();
        assertThat(ways("web")).containsExactly("192.0.2.3", "198.51.100.1");
        assertThat(
                        get(Service.class, "web")
                                .getStatus()
                                .getLoadBalancer()
                                .getIngress()
                                .getFirst()
                                .getIpMode())
                .isEqualTo("VIP");
        world.edit(
                get(Service.class, "web"),
                s -> new ServiceBuilder(s).editSpec().withType("ClusterIP").endSpec().build());
        world.calm();
        assertThat(ways("web")).isEmpty();
    }

    @Test
    void anIngressOfOurClassIsAtTheReadyNodes() {
        node("n1", true, "192.0.2.20", "InternalIP");
        made(ingress("ours", null));
        made(ingress("theirs", "nginx"));
        world.calm();
        assertThat(get(Ingress.class, "ours").getStatus().getLoadBalancer().getIngress())
                .extracting(i -> i.getIp())
                .containsExactly("192.0.2.20");
        assertThat(get(Ingress.class, "ours").getSpec().getIngressClassName())
                .isEqualTo("flotilla");
        assertThat(get(Ingress.class, "theirs").getStatus().getLoadBalancer().getIngress())
                .isEmpty();
    }

    private static Service service(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", name)
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private static Service balanced(String name) {
        return new ServiceBuilder(service(name))
                .editSpec()
                .withType("LoadBalancer")
                .endSpec()
                .build();
    }

    private static Ingress ingress(String name, @Nullable String className) {
        return new IngressBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withIngressClassName(className)
                .withNewDefaultBackend()
                .withNewService()
                .withName("web")
                .withNewPort()
                .withNumber(80)
                .endPort()
                .endService()
                .endDefaultBackend()
                .endSpec()
                .build();
    }

    private void node(String name, boolean ready, String address, String type) {
        world.addNode(name, 4000);
        var node = world.truth.get(Node.class, ObjectKey.of(name)).orElseThrow();
        var after =
                new NodeBuilder(node)
                        .editStatus()
                        .withAddresses(new NodeAddress(address, type))
                        .editFirstCondition()
                        .withStatus(ready ? "True" : "False")
                        .endCondition()
                        .endStatus()
                        .build();
        assertThat(world.truth.updateStatus(node, after).done()).isTrue();
    }

    private List<EndpointSlice> slices(String service) {
        return world.all(EndpointSlice.class).stream()
                .filter(
                        s ->
                                service.equals(
                                        s.getMetadata()
                                                .getLabels()
                                                .get("kubernetes.io/service-name")))
                .toList();
    }

    private List<String> told(String service) {
        return slices(service).stream()
                .flatMap(s -> s.getEndpoints().stream())
                .filter(e -> e.getConditions().getReady())
                .flatMap(e -> e.getAddresses().stream())
                .sorted()
                .toList();
    }

    private List<String> legacy(String service) {
        return get(Endpoints.class, service).getSubsets().stream()
                .flatMap(s -> s.getAddresses().stream())
                .map(a -> a.getIp())
                .sorted()
                .toList();
    }

    private List<String> addresses(String app) {
        return world.pods(app).stream().map(p -> p.getStatus().getPodIP()).sorted().toList();
    }

    private List<String> ways(String service) {
        return get(Service.class, service).getStatus().getLoadBalancer().getIngress().stream()
                .map(LoadBalancerIngress::getIp)
                .toList();
    }

    private <T extends HasMetadata> T get(Class<T> kind, String name) {
        return world.truth.get(kind, new ObjectKey("default", name)).orElseThrow();
    }

    private void made(HasMetadata object) {
        var written = world.truth.create(object);
        assertThat(written.done()).as(written.toString()).isTrue();
    }
}
