package dev.flotilla.controllers.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Endpoints as Kubernetes keeps them.
class EndpointsPlanTest {
    private static final Service SERVICE = Scene.service().build();

    @Test
    void theReadyAndTheOthersStandApart() {
        var leaving =
                Scene.pod(3, true)
                        .editMetadata()
                        .withDeletionTimestamp("2026-01-01T12:00:00Z")
                        .endMetadata()
                        .build();
        var over = Scene.pod(4, false).editStatus().withPhase("Failed").endStatus().build();
        var pods = List.of(Scene.pod(2), Scene.pod(0), Scene.pod(1, false).build(), leaving, over);
        assertThat(lines(endpoints(SERVICE, pods)))
                .containsExactly("10.42.0.1 10.42.0.3 | 10.42.0.2 | null:8080/TCP");
        var published =
                Scene.service().editSpec().withPublishNotReadyAddresses(true).endSpec().build();
        assertThat(lines(endpoints(published, pods)))
                .containsExactly("10.42.0.1 10.42.0.2 10.42.0.3 10.42.0.4 |  | null:8080/TCP");
    }

    @Test
    void portsOfTheSameAddressesStandTogether() {
        var service =
                Scene.service()
                        .editSpec()
                        .withPorts()
                        .addNewPort()
                        .withName("https")
                        .withPort(443)
                        .withProtocol("TCP")
                        .withNewTargetPort(8443)
                        .endPort()
                        .addNewPort()
                        .withName("http")
                        .withPort(80)
                        .withProtocol("TCP")
                        .withAppProtocol("http")
                        .withNewTargetPort(8080)
                        .endPort()
                        .endSpec()
                        .build();
        assertThat(lines(endpoints(service, Scene.pods(0, 2))))
                .containsExactly("10.42.0.1 10.42.0.2 |  | http:8080/TCP https:8443/TCP");
    }

    @Test
    void aHeadlessServiceNeedsNoPorts() {
        var headless = Scene.service().editSpec().withClusterIP("None").withPorts().endSpec();
        var endpoints = endpoints(headless.build(), Scene.pods(0, 2));
        assertThat(lines(endpoints)).containsExactly("10.42.0.1 10.42.0.2 |  | ");
        assertThat(endpoints.getMetadata().getLabels())
                .containsEntry("service.kubernetes.io/headless", "")
                .containsEntry("team", "shop");
        var none = Scene.service().editSpec().withPorts().endSpec();
        assertThat(lines(endpoints(none.build(), Scene.pods(0, 2)))).isEmpty();
    }

    @Test
    void whatIsSaidAlreadyIsNotWritten() {
        var pods = new ArrayList<>(Scene.pods(0, 30));
        var known = endpoints(SERVICE, pods);
        Collections.reverse(pods);
        assertThat(plan(SERVICE, pods, Optional.of(known)).wanted()).isEmpty();
        pods.removeFirst();
        assertThat(plan(SERVICE, pods, Optional.of(known)).wanted()).isPresent();
    }

    @Test
    void aThousandAreToldTheReadyBeforeTheOthers() {
        var pods = new ArrayList<>(Scene.pods(0, 900));
        for (int i = 900; i < 1200; i++) {
            pods.add(Scene.pod(i, false).build());
        }
        var some = endpoints(SERVICE, pods);
        assertThat(some.getSubsets())
                .singleElement()
                .satisfies(
                        s -> {
                            assertThat(s.getAddresses()).hasSize(900);
                            assertThat(s.getNotReadyAddresses()).hasSize(100);
                        });
        assertThat(some.getMetadata().getAnnotations())
                .containsEntry("endpoints.kubernetes.io/over-capacity", "truncated");
        assertThat(plan(SERVICE, pods, Optional.of(some)).wanted()).isEmpty();
        var ready = endpoints(SERVICE, Scene.pods(0, 1100));
        assertThat(ready.getSubsets().getFirst().getAddresses()).hasSize(1000);
        var fewer = plan(SERVICE, Scene.pods(0, 10), Optional.of(some)).wanted().orElseThrow();
        assertThat(fewer.getMetadata().getAnnotations())
                .doesNotContainKey("endpoints.kubernetes.io/over-capacity");
    }

    @Test
    void theySaySinceWhenItIsSo() {
        var at = Instant.parse("2026-01-01T11:00:00Z");
        var plan = new EndpointsPlan(SERVICE, Scene.pods(0, 1), Optional.empty(), Optional.of(at));
        assertThat(plan.wanted().orElseThrow().getMetadata().getAnnotations())
                .containsEntry(
                        "endpoints.kubernetes.io/last-change-trigger-time", "2026-01-01T11:00:00Z");
    }

    private static Endpoints endpoints(Service service, List<Pod> pods) {
        return plan(service, pods, Optional.empty()).wanted().orElseThrow();
    }

    private static EndpointsPlan plan(Service service, List<Pod> pods, Optional<Endpoints> known) {
        return new EndpointsPlan(service, pods, known, Optional.empty());
    }

    private static List<String> lines(Endpoints endpoints) {
        return endpoints.getSubsets().stream().map(EndpointsPlanTest::line).toList();
    }

    private static String line(EndpointSubset subset) {
        return ips(subset.getAddresses())
                + " | "
                + ips(subset.getNotReadyAddresses())
                + " | "
                + String.join(
                        " ", subset.getPorts().stream().map(EndpointsPlanTest::port).toList());
    }

    private static String ips(List<EndpointAddress> addresses) {
        return String.join(" ", addresses.stream().map(EndpointAddress::getIp).toList());
    }

    private static String port(EndpointPort port) {
        return port.getName() + ":" + port.getPort() + "/" + port.getProtocol();
    }
}
