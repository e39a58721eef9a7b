package dev.flotilla.controllers.endpoint;

import dev.flotilla.controllers.Given;
import dev.flotilla.controllers.endpoint.SliceChanges.Action;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Services, pods and the slices that plans made of them, with no cluster around.
final class Scene {
    final List<EndpointSlice> slices = new ArrayList<>();
    private int made;

    /// One port, by number, on 80; selects `app: web`.
    static ServiceBuilder service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("web")
                .withUid("uid-service")
                .withCreationTimestamp("2026-01-01T10:00:00Z")
                .addToLabels("team", "shop")
                .endMetadata()
                .withNewSpec()
                .withClusterIP("10.43.0.7")
                .addToSelector("app", "web")
                .addNewPort()
                .withPort(80)
                .withProtocol("TCP")
                .withNewTargetPort(8080)
                .endPort()
                .endSpec();
    }

    /// Ready, with an address of its own, on a node of zone `z1`.
    static Pod pod(int number) {
        return pod(number, true).build();
    }

    static PodBuilder pod(int number, boolean ready) {
        var ip = "10.42.%d.%d".formatted(number / 250, number % 250 + 1);
        return Given.pod("web-" + number, "n1", "Running", ready)
                .editStatus()
                .withPodIP(ip)
                .withPodIPs(new PodIP(ip))
                .endStatus();
    }

    static List<Pod> pods(int from, int to) {
        return IntStream.range(from, to).mapToObj(Scene::pod).toList();
    }

    static Optional<Node> node(String name) {
        return name.equals("n1")
                ? Optional.of(
                        new NodeBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .addToLabels("topology.kubernetes.io/zone", "z1")
                                .endMetadata()
                                .build())
                : Optional.empty();
    }

    /// Does what the plan says to the slices.
    List<Action> keep(Service service, List<Pod> pods) {
        return act(
                new SlicePlan(service, pods, List.copyOf(slices), Scene::node, Optional.empty())
                        .actions());
    }

    List<Action> act(List<Action> actions) {
        for (var action : actions) {
            switch (action) {
                case Action.Create(var draft) ->
                        slices.add(
                                new EndpointSliceBuilder(draft)
                                        .editMetadata()
                                        .withName(draft.getMetadata().getGenerateName() + made++)
                                        .endMetadata()
                                        .build());
                case Action.Change(var before, var after) ->
                        slices.set(slices.indexOf(before), after);
                case Action.Remove(var slice) -> slices.remove(slice);
            }
        }
        return actions;
    }

    List<Integer> sizes() {
        return slices.stream().map(s -> s.getEndpoints().size()).toList();
    }

    List<Endpoint> endpoints() {
        return slices.stream().flatMap(s -> s.getEndpoints().stream()).toList();
    }

    List<String> addresses() {
        return endpoints().stream().map(e -> e.getAddresses().getFirst()).toList();
    }
}
