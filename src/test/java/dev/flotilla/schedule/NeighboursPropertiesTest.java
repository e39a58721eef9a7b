package dev.flotilla.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.SlowModel.Standing;
import dev.flotilla.schedule.facts.NodeFacts;
import dev.flotilla.schedule.facts.PodView;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/// Spread rules and affinity between pods, kept change by change, against the slow model that asks
/// everything anew; and against a view that is built anew.
class NeighboursPropertiesTest {
    private static final List<String> KEYS = List.of("zone", "kubernetes.io/hostname", "rack");
    private static final List<String> APPS = List.of("web", "db", "job");

    private final ClusterView view = new ClusterView();
    private final Map<String, String> nodes = new LinkedHashMap<>();
    private final Map<ObjectKey, Standing> pods = new LinkedHashMap<>();

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersLikeTheSlowModel(long seed) {
        var random = new SplittableRandom(seed);
        var wishes = new ArrayList<PodView>();
        for (int i = 0; i < 4; i++) {
            wishes.add(pod("new", random));
        }
        for (int step = 0; step < 60; step++) {
            change(random);
            var wish = pick(wishes, random);
            var model = model();
            var answers = view.explain(wish);
            assertThat(answers).isEqualTo(anew().explain(wish));
            answers.forEach(
                    (node, refusals) ->
                            assertThat(refusals.isEmpty())
                                    .as("%s of %s: %s", node, pods, refusals)
                                    .isEqualTo(model.admits(wish.shape(), node)));
            assertThat(view.place(wish)).isEqualTo(anew().place(wish));
        }
    }

    private void change(SplittableRandom random) {
        var node = "n" + random.nextInt(6);
        switch (random.nextInt(8)) {
            case 0 -> {
                var labels = labels(random);
                view.put(Yaml.node(node, labels, ""));
                nodes.put(node, labels);
            }
            case 1 -> {
                if (random.nextInt(3) == 0) {
                    view.removeNode(node);
                    nodes.remove(node);
                }
            }
            case 2, 3 -> {
                var key = new ObjectKey("default", "p" + random.nextInt(12));
                view.remove(key);
                pods.remove(key);
            }
            default -> {
                var pod = pod("p" + random.nextInt(12), random);
                boolean leaving = random.nextInt(5) == 0;
                view.put(pod, node, leaving);
                pods.put(pod.key(), new Standing(pod, node, leaving));
            }
        }
    }

    private SlowModel model() {
        var facts = new LinkedHashMap<String, NodeFacts>();
        nodes.forEach((name, labels) -> facts.put(name, NodeFacts.of(Yaml.node(name, labels, ""))));
        return new SlowModel(facts, List.copyOf(pods.values()));
    }

    private ClusterView anew() {
        var fresh = new ClusterView();
        nodes.forEach((name, labels) -> fresh.put(Yaml.node(name, labels, "")));
        pods.values().forEach(p -> fresh.put(p.pod(), p.node(), p.leaving()));
        return fresh;
    }

    private static String labels(SplittableRandom random) {
        return (random.nextInt(5) > 0 ? "zone: z" + random.nextInt(3) + ", " : "")
                + (random.nextInt(3) > 0 ? "rack: r" + random.nextInt(2) + ", " : "")
                + "a: b";
    }

    private static PodView pod(String name, SplittableRandom random) {
        var spread = new ArrayList<String>();
        while (random.nextInt(3) == 0) {
            spread.add(
                    "{topologyKey: %s, maxSkew: %d, minDomains: %d, whenUnsatisfiable: %s, %s}"
                            .formatted(
                                    pick(KEYS, random),
                                    1 + random.nextInt(2),
                                    1 + random.nextInt(3),
                                    random.nextInt(3) == 0 ? "ScheduleAnyway" : "DoNotSchedule",
                                    selector(random)));
        }
        return Yaml.pod(
                """
                metadata: {name: %s, namespace: default, labels: {app: %s}}
                spec:
                  containers: [{name: a}]
                  topologySpreadConstraints: %s
                  affinity:
                    podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: %s}
                    podAntiAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution: %s
                      preferredDuringSchedulingIgnoredDuringExecution: %s
                """
                        .formatted(
                                name,
                                pick(APPS, random),
                                spread,
                                terms(random),
                                terms(random),
                                random.nextInt(4) > 0
                                        ? "[]"
                                        : "[{weight: 3, podAffinityTerm: " + term(random) + "}]"));
    }

    private static List<String> terms(SplittableRandom random) {
        var all = new ArrayList<String>();
        while (random.nextInt(4) == 0) {
            all.add(term(random));
        }
        return all;
    }

    private static String term(SplittableRandom random) {
        return "{topologyKey: %s, %s}".formatted(pick(KEYS, random), selector(random));
    }

    private static String selector(SplittableRandom random) {
        return "labelSelector: {matchLabels: {app: " + pick(APPS, random) + "}}";
    }

    private static <T> T pick(List<T> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }
}
