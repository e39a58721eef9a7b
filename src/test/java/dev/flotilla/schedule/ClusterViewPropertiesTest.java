package dev.flotilla.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.facts.PodView;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/// Whatever was told before, the view answers like one that is built anew from what is there.
class ClusterViewPropertiesTest {
    private static final List<String> OWNERS = List.of("", "web", "db");

    private final ClusterView view = new ClusterView();
    private final Map<String, Integer> nodes = new LinkedHashMap<>();
    private final Map<ObjectKey, Known> pods = new LinkedHashMap<>();

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersLikeAViewBuiltAnew(long seed) {
        var random = new SplittableRandom(seed);
        for (int step = 0; step < 60; step++) {
            change(random);
            var pod = Given.pod("new", pick(OWNERS, random), random.nextInt(1500), 64);
            var fresh = anew();
            var placement = view.place(pod);
            assertThat(placement).isEqualTo(fresh.place(pod));
            assertThat(view.explain(pod)).isEqualTo(fresh.explain(pod));
            assertThat(view.roomFor(pod, 20)).isEqualTo(fresh.roomFor(pod, 20));
            agreesWithItsOwnExplanation(pod, placement);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void skewStaysAtMostOneWhereThereIsRoom(long seed) {
        var random = new SplittableRandom(seed);
        int count = 1 + random.nextInt(12);
        for (int n = 0; n < count; n++) {
            view.put(Given.node("n" + n, 100_000, 100_000));
        }
        for (int i = 0; i < random.nextInt(30); i++) {
            view.put(
                    Given.pod("other-" + i, "other", random.nextInt(3000), random.nextInt(3000)),
                    "n" + random.nextInt(count),
                    false);
        }
        var counts = new HashMap<String, Integer>();
        for (int i = 0; i < random.nextInt(40); i++) {
            var pod = Given.pod("web-" + i, "web", random.nextInt(500), 10);
            var node = ((Placement.On) view.place(pod)).node();
            view.put(pod, node, false);
            counts.merge(node, 1, Integer::sum);
            int least =
                    counts.size() < count
                            ? 0
                            : counts.values().stream().min(Integer::compare).orElse(0);
            int most = counts.values().stream().max(Integer::compare).orElse(0);
            assertThat(most - least).isLessThanOrEqualTo(1);
        }
    }

    private void agreesWithItsOwnExplanation(PodView pod, Placement placement) {
        var answers = view.explain(pod);
        switch (placement) {
            case Placement.On(var node) -> assertThat(answers.get(node)).isEmpty();
            case Placement.Nowhere nowhere -> {
                assertThat(answers.values()).allSatisfy(r -> assertThat(r).isNotEmpty());
                assertThat(nowhere.nodes()).isEqualTo(answers.size());
            }
        }
    }

    private void change(SplittableRandom random) {
        var node = "n" + random.nextInt(5);
        switch (random.nextInt(6)) {
            case 0 -> {
                int cpu = 1000 + random.nextInt(3) * 1000;
                view.put(Given.node(node, cpu, 4096));
                nodes.put(node, cpu);
            }
            case 1 -> {
                view.removeNode(node);
                nodes.remove(node);
            }
            case 2 -> {
                var key = new ObjectKey("default", "p" + random.nextInt(20));
                view.remove(key);
                pods.remove(key);
            }
            default -> {
                var name = "p" + random.nextInt(20);
                var pod = Given.pod(name, pick(OWNERS, random), random.nextInt(800), 128);
                boolean leaving = random.nextInt(4) == 0;
                view.put(pod, node, leaving);
                view.put(pod, node, leaving);
                pods.put(pod.key(), new Known(pod, node, leaving));
            }
        }
    }

    private ClusterView anew() {
        var fresh = new ClusterView();
        var all = new ArrayList<>(pods.values());
        all.reversed().forEach(p -> fresh.put(p.pod(), p.node(), p.leaving()));
        nodes.forEach((name, cpu) -> fresh.put(Given.node(name, cpu, 4096)));
        return fresh;
    }

    private static <T> T pick(List<T> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }

    private record Known(PodView pod, String node, boolean leaving) {}
}
