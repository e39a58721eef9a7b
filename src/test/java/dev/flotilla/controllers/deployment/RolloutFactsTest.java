package dev.flotilla.controllers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.Given;
import dev.flotilla.controllers.deployment.DeploymentPlan.Action;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The arithmetic of rollouts, held to what Kubernetes' own controller computed.
class RolloutFactsTest {
    private static final List<String> OLD = List.of("a", "b", "c");

    @ParameterizedTest
    @MethodSource
    void bounds(List<String> line) {
        var bounds = Bounds.of(deployment(line.get(1)));
        assertThat(bounds.most() + " " + bounds.least()).isEqualTo(line.get(2));
    }

    static Stream<List<String>> bounds() throws IOException {
        return lines("bounds");
    }

    @ParameterizedTest
    @MethodSource
    void roll(List<String> line) {
        var rollout =
                new Rollout(
                        Bounds.of(deployment(line.get(1))),
                        stock("new", line.get(2), ""),
                        old(line.get(3), ""));
        assertThat(
                        rollout.roll().stream()
                                .map(r -> r.set().getMetadata().getName() + "=" + r.size())
                                .sorted()
                                .collect(Collectors.joining(" ")))
                .isEqualTo(line.get(4));
    }

    static Stream<List<String>> roll() throws IOException {
        return lines("roll");
    }

    @ParameterizedTest
    @MethodSource
    void scale(List<String> line) {
        var max = line.get(1).split(" ")[3];
        var paused =
                new DeploymentBuilder(deployment(line.get(1)))
                        .editSpec()
                        .withPaused(true)
                        .endSpec()
                        .build();
        var plan =
                new DeploymentPlan(
                        paused, Optional.of(stock("new", line.get(2), max)), old(line.get(3), max));
        assertThat(
                        plan.actions().stream()
                                .flatMap(RolloutFactsTest::resized)
                                .sorted()
                                .collect(Collectors.joining(" ")))
                .isEqualTo(line.get(4));
    }

    static Stream<List<String>> scale() throws IOException {
        return lines("scale");
    }

    private static Stream<String> resized(Action action) {
        return action instanceof Action.Change(var before, var after)
                        && Revisions.size(before) != Revisions.size(after)
                ? Stream.of(after.getMetadata().getName() + "=" + Revisions.size(after))
                : Stream.empty();
    }

    private static Deployment deployment(String text) {
        var words = text.split(" ");
        return Given.deployment(Integer.parseInt(words[0]), words[1], words[2]);
    }

    private static List<Stock> old(String text, String max) {
        var all = new ArrayList<Stock>();
        for (var one : text.split(" ")) {
            all.add(stock(OLD.get(all.size()), one, max));
        }
        return all;
    }

    /// @param text size/available
    /// @param max how many pods there might be when it was sized, or empty
    private static Stock stock(String name, String text, String max) {
        var numbers = Arrays.stream(text.split("/")).map(Integer::parseInt).toList();
        int size = numbers.get(0);
        return new Stock(set(name, size, max), size, numbers.get(1), size > 0);
    }

    private static ReplicaSet set(String name, int size, String max) {
        var set = Given.set(name, size);
        return max.isEmpty()
                ? set
                : new ReplicaSetBuilder(set)
                        .editMetadata()
                        .addToAnnotations(Revisions.MAX, max)
                        .endMetadata()
                        .build();
    }

    private static Stream<List<String>> lines(String about) throws IOException {
        try (InputStream in = RolloutFactsTest.class.getResourceAsStream("rollouts.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(l -> l.startsWith(about + " "))
                            .map(l -> Arrays.stream(l.split("\\|", -1)).map(String::strip).toList())
                            .toList()
                            .stream();
        }
    }
}
