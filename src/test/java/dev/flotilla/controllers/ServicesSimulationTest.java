package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Whatever people do and whatever breaks: once it is calm, each Service leads to the pods it
/// selects, each once, and to nobody else; and then nothing is written any more.
class ServicesSimulationTest {
    private static final List<String> SERVICES = List.of("web", "api", "none");

    @TestFactory
    Stream<DynamicTest> leadWhereTheySay() {
        return Worlds.of(ServicesSimulationTest.class, 0, 25, ServicesSimulationTest::live);
    }

    private static void live(long seed) {
        try (var world = new World(seed, 0.1)) {
            var people = new People(world);
            People.NODES.forEach(n -> world.addNode(n, 8000));
            People.APPS.forEach(app -> people.deploy(app, 1 + world.random.nextInt(5)));
            for (int i = 0; i < 200; i++) {
                something(world, people);
            }
            People.NODES.forEach(n -> world.addNode(n, 8000));
            world.calm();
            SERVICES.forEach(name -> leads(world, name));
            assertThat(world.all(EndpointSlice.class))
                    .allSatisfy(s -> assertThat(s.getEndpoints()).hasSizeLessThanOrEqualTo(100));
            long revision = world.truth.revision();
            world.restart();
            world.calm();
            assertThat(world.truth.revision()).as("nothing to write").isEqualTo(revision);
        }
    }

    private static void something(World world, People people) {
        var random = world.random;
        switch (random.nextInt(30)) {
            case 0 -> people.resize(world.pick(People.APPS), random.nextInt(7));
            case 1 -> people.image(world.pick(People.APPS), "web:" + random.nextInt(3));
            case 2, 3 -> world.truth.create(service(world.pick(SERVICES), random.nextBoolean()));
            case 4 ->
                    world.truth
                            .get(Service.class, new ObjectKey("default", world.pick(SERVICES)))
                            .ifPresent(s -> world.truth.delete(s, Deletion.NOW));
            case 5 -> world.kubelet.crashOne();
            case 6 -> world.kubelet.failOne();
            case 7 -> world.restart();
            case 8 -> {
                if (random.nextInt(3) == 0) {
                    world.removeNode(world.pick(People.NODES));
                }
            }
            case 9 -> world.addNode(world.pick(People.NODES), 8000);
            case 10 -> world.pass(Duration.ofSeconds(random.nextInt(20)));
            case 11 -> relabel(world);
            case 12, 13, 14, 15, 16, 17 -> world.kubelet.step();
            default -> world.step();
        }
    }

    /// A pod comes to belong to the other app.
    private static void relabel(World world) {
        var pods = world.all(Pod.class);
        if (!pods.isEmpty()) {
            var pod = world.pick(pods);
            world.truth.update(
                    pod,
                    new PodBuilder(pod)
                            .editMetadata()
                            .addToLabels("app", world.pick(SERVICES))
                            .endMetadata()
                            .build());
        }
    }

    private static Service service(String name, boolean headless) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withClusterIP(headless ? "None" : null)
                .addToSelector("app", name)
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private static void leads(World world, String name) {
        var key = new ObjectKey("default", name);
        boolean there = world.truth.get(Service.class, key).isPresent();
        var slices =
                world.all(EndpointSlice.class).stream()
                        .filter(
                                s ->
                                        s.getMetadata()
                                                .getLabels()
                                                .getOrDefault("kubernetes.io/service-name", "")
                                                .equals(name))
                        .toList();
        var endpoints = world.truth.get(Endpoints.class, key);
        assertThat(slices.isEmpty()).isEqualTo(!there);
        assertThat(endpoints.isPresent()).isEqualTo(there);
        if (there) {
            var ready =
                    world.pods(name).stream()
                            .filter(PodState::ready)
                            .map(p -> p.getStatus().getPodIP())
                            .toList();
            assertThat(slices)
                    .flatExtracting(EndpointSlice::getEndpoints)
                    .filteredOn(e -> e.getConditions().getReady())
                    .flatExtracting(e -> e.getAddresses())
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(ready);
            assertThat(endpoints.orElseThrow().getSubsets())
                    .flatExtracting(EndpointSubset::getAddresses)
                    .extracting(EndpointAddress::getIp)
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(ready);
        }
    }
}
