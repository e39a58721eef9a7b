package dev.flotilla.controllers.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.endpoint.SliceChanges.Action;

import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Slices as Kubernetes keeps them, each rule by itself.
class SlicePlanTest {
    private static final Service SERVICE = Scene.service().build();

    private final Scene scene = new Scene();

    @Test
    void aServiceThatLeadsNowhereHasOneSliceThatSaysSo() {
        scene.keep(SERVICE, List.of());
        assertThat(scene.sizes()).containsExactly(0);
        assertThat(scene.slices.getFirst().getPorts()).isEmpty();
        assertThat(scene.keep(SERVICE, List.of())).isEmpty();
        assertThat(scene.keep(SERVICE, Scene.pods(0, 1))).hasSize(1);
        assertThat(scene.slices.getFirst().getPorts()).hasSize(1);
        assertThat(scene.keep(SERVICE, List.of())).hasSize(1);
        assertThat(scene.sizes()).containsExactly(0);
    }

    @Test
    void aSliceSaysWhoseItIsAndWhereItLeads() {
        scene.keep(SERVICE, Scene.pods(0, 1));
        var slice = scene.slices.getFirst();
        assertThat(slice.getMetadata().getGenerateName()).isEqualTo("web-");
        assertThat(slice.getMetadata().getLabels())
                .isEqualTo(
                        Map.of(
                                "team", "shop",
                                "kubernetes.io/service-name", "web",
                                "endpointslice.kubernetes.io/managed-by",
                                        "endpointslice-controller.k8s.io"));
        assertThat(slice.getAddressType()).isEqualTo("IPv4");
        assertThat(slice.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(
                        o -> {
                            assertThat(o.getUid()).isEqualTo("uid-service");
                            assertThat(o.getController()).isTrue();
                            assertThat(o.getBlockOwnerDeletion()).isTrue();
                        });
        assertThat(slice.getPorts())
                .singleElement()
                .satisfies(
                        p -> {
                            assertThat(p.getName()).isEmpty();
                            assertThat(p.getPort()).isEqualTo(8080);
                            assertThat(p.getProtocol()).isEqualTo("TCP");
                        });
        assertThat(scene.endpoints())
                .singleElement()
                .satisfies(
                        e -> {
                            assertThat(e.getAddresses()).containsExactly("10.42.0.1");
                            assertThat(e.getNodeName()).isEqualTo("n1");
                            assertThat(e.getZone()).isEqualTo("z1");
                            assertThat(e.getHostname()).isNull();
                            assertThat(e.getTargetRef().getName()).isEqualTo("web-0");
                            assertThat(e.getTargetRef().getUid()).isEqualTo("uid-web-0");
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "true,  false, false, true,  true,  false",
        "false, false, false, false, false, false",
        "true,  true,  false, false, true,  true",
        "false, true,  false, false, false, true",
        "false, false, true,  true,  false, false",
        "false, true,  true,  true,  false, true"
    })
    void conditions(
            boolean podReady,
            boolean leaving,
            boolean published,
            boolean ready,
            boolean serving,
            boolean terminating) {
        var pod = Scene.pod(0, podReady);
        if (leaving) {
            pod.editMetadata().withDeletionTimestamp("2026-01-01T11:59:59Z").endMetadata();
        }
        var service = Scene.service().editSpec().withPublishNotReadyAddresses(published).endSpec();
        scene.keep(service.build(), List.of(pod.build()));
        assertThat(scene.endpoints())
                .singleElement()
                .satisfies(
                        e ->
                                assertThat(e.getConditions())
                                        .isEqualTo(
                                                new EndpointConditions(
                                                        ready, serving, terminating)));
    }

    @Test
    void whoIsOverHasNoAddressOrIsOnNoNodeIsNotThere() {
        var over = Scene.pod(0, false).editStatus().withPhase("Succeeded").endStatus();
        var failed = Scene.pod(1, false).editStatus().withPhase("Failed").endStatus();
        var early =
                Scene.pod(2, false).editStatus().withPodIP(null).withPodIPs(List.of()).endStatus();
        var lost = Scene.pod(3, true).editSpec().withNodeName("n9").endSpec();
        var pods = List.of(over.build(), failed.build(), early.build(), lost.build());
        scene.keep(SERVICE, pods);
        assertThat(scene.sizes()).containsExactly(0);
        var published = Scene.service().editSpec().withPublishNotReadyAddresses(true).endSpec();
        scene.keep(published.build(), pods);
        assertThat(scene.addresses()).containsExactly("10.42.0.4");
    }

    @Test
    void podsWhoseNamedPortsDifferHaveSlicesOfTheirOwn() {
        var service =
                Scene.service()
                        .editSpec()
                        .editFirstPort()
                        .withName("http")
                        .withNewTargetPort("web")
                        .endPort()
                        .endSpec()
                        .build();
        scene.keep(service, List.of(listening(0, 8080), listening(1, 9090), listening(2, 8080)));
        assertThat(scene.sizes()).containsExactly(2, 1);
        assertThat(scene.slices)
                .extracting(s -> s.getPorts().getFirst().getPort())
                .containsExactly(8080, 9090);
        assertThat(
                        scene.keep(
                                service,
                                List.of(
                                        listening(0, 9090),
                                        listening(1, 9090),
                                        listening(2, 9090))))
                .as("one becomes the other's, and one goes")
                .hasSize(2);
        assertThat(scene.sizes()).containsExactly(3);
        scene.keep(service, Scene.pods(0, 1));
        assertThat(scene.slices)
                .as("it has no port of that name")
                .singleElement()
                .satisfies(s -> assertThat(s.getPorts()).isEmpty());
    }

    private static Pod listening(int number, int port) {
        return Scene.pod(number, true)
                .editSpec()
                .addNewContainer()
                .withName("main")
                .withPorts(
                        new ContainerPortBuilder()
                                .withName("web")
                                .withContainerPort(port)
                                .withProtocol("TCP")
                                .build())
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    void aHundredAreInASliceAndAChangeWritesFew() {
        scene.keep(SERVICE, Scene.pods(0, 250));
        assertThat(scene.sizes()).containsExactly(100, 100, 50);
        assertThat(scene.keep(SERVICE, Scene.pods(0, 250))).isEmpty();

        var changed = new ArrayList<>(Scene.pods(0, 250));
        changed.set(30, Scene.pod(30, false).build());
        assertThat(scene.keep(SERVICE, changed)).hasSize(1);

        assertThat(scene.keep(SERVICE, Scene.pods(0, 260))).as("turned back, and more").hasSize(2);
        assertThat(scene.sizes()).containsExactly(100, 100, 60);
        assertThat(scene.keep(SERVICE, Scene.pods(1, 261)))
                .as("who came takes the place of who went")
                .hasSize(1);
        assertThat(scene.sizes()).containsExactly(100, 100, 60);
        scene.keep(SERVICE, Scene.pods(1, 341));
        assertThat(scene.sizes())
                .as("80 more fit into none of them")
                .containsExactly(100, 100, 60, 80);
        scene.keep(SERVICE, Scene.pods(1, 356));
        assertThat(scene.sizes())
                .as("15 more fit into the fuller one")
                .containsExactly(100, 100, 60, 95);
    }

    @Test
    void theOrderOfPodsMeansNothing() {
        var pods = new ArrayList<>(Scene.pods(0, 120));
        scene.keep(SERVICE, pods);
        Collections.reverse(pods);
        assertThat(scene.keep(SERVICE, pods)).isEmpty();
    }

    @Test
    void aPodIsThereOnce() {
        scene.keep(SERVICE, List.of(Scene.pod(0), Scene.pod(0)));
        assertThat(scene.addresses()).containsExactly("10.42.0.1");
    }

    @Test
    void labelsFollowTheService() {
        scene.keep(SERVICE, Scene.pods(0, 150));
        var headless =
                new ServiceBuilder(SERVICE)
                        .editMetadata()
                        .withLabels(Map.of("team", "bank"))
                        .endMetadata()
                        .editSpec()
                        .withClusterIP("None")
                        .endSpec()
                        .build();
        assertThat(scene.keep(headless, Scene.pods(0, 150))).hasSize(2);
        assertThat(scene.slices)
                .allSatisfy(
                        s ->
                                assertThat(s.getMetadata().getLabels())
                                        .containsEntry("team", "bank")
                                        .containsEntry("service.kubernetes.io/headless", ""));
    }

    @Test
    void aHostnameIsToldUnderTheSubdomainOfTheService() {
        var named = hosted(0, "db-0", "web");
        var elsewhere = hosted(1, "db-1", "other");
        scene.keep(SERVICE, List.of(named, elsewhere));
        assertThat(scene.endpoints())
                .extracting(e -> e.getHostname())
                .containsExactly("db-0", null);
    }

    private static Pod hosted(int number, String hostname, String subdomain) {
        return new PodBuilder(Scene.pod(number))
                .editSpec()
                .withHostname(hostname)
                .withSubdomain(subdomain)
                .endSpec()
                .build();
    }

    @Test
    void slicesOfAServiceThatHadTheNameBeforeGo() {
        scene.keep(SERVICE, Scene.pods(0, 1));
        var next =
                new ServiceBuilder(SERVICE)
                        .editMetadata()
                        .withUid("uid-next")
                        .endMetadata()
                        .build();
        assertThat(scene.keep(next, Scene.pods(0, 1)))
                .extracting(a -> a.getClass().getSimpleName())
                .containsExactly("Create", "Remove");
    }

    @Test
    void forAServiceThatGoesNoneAreMade() {
        var going =
                Scene.service()
                        .editMetadata()
                        .withDeletionTimestamp("2026-01-01T12:00:00Z")
                        .endMetadata()
                        .build();
        assertThat(scene.keep(going, Scene.pods(0, 1))).isEmpty();
    }

    @Test
    void whatIsWrittenSaysSinceWhenItIsSo() {
        var at = Instant.parse("2026-01-01T11:00:00Z");
        var plan =
                new SlicePlan(SERVICE, Scene.pods(0, 1), List.of(), Scene::node, Optional.of(at));
        scene.act(plan.actions());
        var name = "endpoints.kubernetes.io/last-change-trigger-time";
        assertThat(scene.slices.getFirst().getMetadata().getAnnotations())
                .containsEntry(name, "2026-01-01T11:00:00Z");
        assertThat(scene.keep(SERVICE, Scene.pods(0, 2)))
                .singleElement()
                .satisfies(
                        a ->
                                assertThat(((Action.Change) a).after().getMetadata())
                                        .satisfies(
                                                m ->
                                                        assertThat(m.getAnnotations())
                                                                .doesNotContainKey(name)));
    }

    @Test
    void whoWantsWhatIsCloseHearsWhatIs() {
        var close = Scene.service().editSpec().withTrafficDistribution("PreferClose").endSpec();
        scene.keep(close.build(), Scene.pods(0, 1));
        assertThat(scene.endpoints().getFirst().getHints().getForZones())
                .extracting(z -> z.getName())
                .containsExactly("z1");
        assertThat(scene.keep(close.build(), Scene.pods(0, 1))).isEmpty();
        assertThat(scene.keep(SERVICE, Scene.pods(0, 1))).hasSize(1);
        assertThat(scene.endpoints().getFirst().getHints()).isNull();
    }
}
