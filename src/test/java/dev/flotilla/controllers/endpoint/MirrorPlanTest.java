package dev.flotilla.controllers.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EndpointsBuilder;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// Slices of Endpoints that somebody made by hand.
class MirrorPlanTest {
    private final Scene scene = new Scene();

    @Test
    void aSliceASubsetAndFamily() {
        keep(endpoints());
        assertThat(scene.slices)
                .extracting(s -> s.getAddressType() + s.getEndpoints().size())
                .containsExactlyInAnyOrder("IPv42", "IPv61");
        var slice = scene.slices.getFirst();
        assertThat(slice.getMetadata().getLabels())
                .isEqualTo(
                        Map.of(
                                "a", "b",
                                "kubernetes.io/service-name", "db",
                                "endpointslice.kubernetes.io/managed-by",
                                        "endpointslicemirroring-controller.k8s.io"));
        assertThat(slice.getMetadata().getAnnotations()).isEqualTo(Map.of("keep", "me"));
        assertThat(slice.getMetadata().getOwnerReferences())
                .extracting(o -> o.getKind() + "/" + o.getName())
                .containsExactly("Endpoints/db");
        assertThat(slice.getPorts())
                .extracting(p -> p.getName() + p.getPort() + p.getProtocol())
                .containsExactly("sql5432TCP");
        assertThat(scene.endpoints())
                .extracting(e -> e.getAddresses().getFirst() + e.getConditions().getReady())
                .containsExactlyInAnyOrder("192.0.2.1true", "192.0.2.2false", "2001:db8::1true");
        assertThat(keep(endpoints())).isEmpty();
    }

    @Test
    void theyFollow() {
        keep(endpoints());
        assertThat(keep(endpoints().editMetadata().addToLabels("c", "d").endMetadata())).hasSize(2);
        assertThat(keep(endpoints().editFirstSubset().withNotReadyAddresses().endSubset()))
                .as("the labels of both, and one address")
                .hasSize(2);
        assertThat(keep(endpoints().withSubsets())).hasSize(2);
        assertThat(scene.slices).isEmpty();
    }

    private List<SliceChanges.Action> keep(EndpointsBuilder endpoints) {
        return scene.act(new MirrorPlan(endpoints.build(), List.copyOf(scene.slices)).actions());
    }

    private static EndpointsBuilder endpoints() {
        return new EndpointsBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("db")
                .withUid("uid-db")
                .addToLabels("a", "b")
                .addToAnnotations("keep", "me")
                .addToAnnotations("kubectl.kubernetes.io/last-applied-configuration", "{}")
                .endMetadata()
                .addNewSubset()
                .addNewAddress()
                .withIp("192.0.2.1")
                .endAddress()
                .addNewAddress()
                .withIp("2001:db8::1")
                .endAddress()
                .addNewNotReadyAddress()
                .withIp("192.0.2.2")
                .endNotReadyAddress()
                .addNewPort()
                .withName("sql")
                .withPort(5432)
                .withProtocol("TCP")
                .endPort()
                .endSubset();
    }
}
