package dev.flotilla.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.facts.Labels;
import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.preempt.Budget;
import dev.flotilla.schedule.preempt.Preemption;
import dev.flotilla.schedule.preempt.Preemption.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Who goes for a pod of priority 100 that needs 4 of the 4 cores of a node.
class PreemptionTest {
    /// Pods are `node/name=priority:cores`, with `@minute` when they began.
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    the lowest highest priority first | a/x=50:2 b/y=40:2 b/z=40:2 | b: y z
                    then the smallest sum | a/w=40:2 a/x=30:2 b/y=40:2 b/z=20:2 | b: y z
                    a single victim sums to less than two | a/w=10:2 a/x=10:2 b/y=10:4 | b: y
                    fewer victims sum to less | a/v=10:1 a/w=10:1 a/x=10:2 b/y=10:3 b/z=10:1 | b: y z
                    then those that began last | a/x=10:2@1 b/y=10:2@2 | b: y
                    then the first by name | a/x=10:2 b/y=10:2 | a: x
                    equals and betters stay | a/x=100:1 a/y=10:3 b/z=10:4 | b: z
                    """)
    void theBestNode(String why, String pods, String answer) {
        assertThat(outcome(view(pods), wish(4), List.of())).isEqualTo(answer);
    }

    @ParameterizedTest(name = "{0}: {1} cores")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a/x=10:1 a/y=20:1 a/z=30:2 | 1 | a: x
                    a/x=10:1 a/y=20:1 a/z=30:2 | 2 | a: y x
                    a/x=10:1 a/y=20:1 a/z=30:2 | 3 | a: z x
                    a/x=10:1@1 a/y=10:1@2 a/z=100:2 | 1 | a: y
                    """)
    void onlyThoseWhoMust(String pods, int cores, String answer) {
        var view = new ClusterView();
        view.put(Given.node("a", 4000, 8192));
        fill(view, pods);
        assertThat(outcome(view, wish(cores), List.of())).isEqualTo(answer);
    }

    @Test
    void budgetsAreRespectedFirst() {
        var view = view("a/x=10:4 b/y=90:4");
        var none = new Budget("default", labels("x"), 0, Set.of());
        assertThat(outcome(view, wish(4), List.of())).isEqualTo("a: x");
        assertThat(outcome(view, wish(4), List.of(none))).isEqualTo("b: y");
        var one = new Budget("default", labels("x"), 1, Set.of());
        assertThat(outcome(view, wish(4), List.of(one))).isEqualTo("a: x");
        var counted = new Budget("default", labels("x"), 0, Set.of("x"));
        assertThat(outcome(view, wish(4), List.of(counted))).isEqualTo("a: x");
        var elsewhere = new Budget("other", labels("x"), 0, Set.of());
        assertThat(outcome(view, wish(4), List.of(elsewhere))).isEqualTo("a: x");
    }

    /// Of all ways to make room on any node, none violates fewer budgets than the one that is
    /// taken.
    @ParameterizedTest
    @MethodSource("seeds")
    void noOtherWayViolatesFewerBudgets(long seed) {
        var random = new SplittableRandom(seed);
        var view = new ClusterView();
        var pods = new ArrayList<PodView>();
        var budgets = new ArrayList<Budget>();
        var nodes = new HashMap<ObjectKey, String>();
        for (var node : List.of("a", "b", "c")) {
            view.put(Given.node(node, 4000, 8192));
            for (int i = 0; i < 4; i++) {
                var name = node + i;
                var pod = pod(name, random.nextInt(0, 5) * 10, 1, "");
                view.put(pod, node, false);
                pods.add(pod);
                nodes.put(pod.key(), node);
                if (random.nextInt(3) > 0) {
                    budgets.add(new Budget("default", labels(name), random.nextInt(2), Set.of()));
                }
            }
        }
        int cores = random.nextInt(1, 4);
        var protectedNames =
                pods.stream()
                        .filter(p -> budgets.stream().anyMatch(b -> forbids(b, p)))
                        .map(PodView::key)
                        .collect(Collectors.toSet());
        var free = new HashMap<String, Integer>();
        pods.stream()
                .filter(p -> !protectedNames.contains(p.key()))
                .forEach(p -> free.merge(nodes.getOrDefault(p.key(), ""), 1, Integer::sum));
        int most = free.values().stream().mapToInt(n -> n).max().orElse(0);
        int least = Math.max(0, cores - most);
        assertThat(Preemption.plan(view.copy(), wish(cores), budgets))
                .isInstanceOfSatisfying(
                        Outcome.Room.class,
                        room -> {
                            assertThat(room.victims()).hasSize(cores);
                            assertThat(room.victims())
                                    .allMatch(v -> room.node().equals(nodes.get(v.key())));
                            assertThat(room.victims())
                                    .filteredOn(v -> protectedNames.contains(v.key()))
                                    .hasSize(least);
                        });
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static boolean forbids(Budget budget, PodView pod) {
        return budget.allowed() == 0
                && budget.pods() != null
                && budget.pods().match(pod.shape().labels());
    }

    @Test
    void whereOneOfTwoMayStayTheProtectedDoes() {
        var view = new ClusterView();
        view.put(Given.node("a", 4000, 8192));
        fill(view, "a/x=10:2 a/y=20:2");
        var budget = new Budget("default", labels("x"), 0, Set.of());
        assertThat(outcome(view, wish(2), List.of())).isEqualTo("a: x");
        assertThat(outcome(view, wish(2), List.of(budget))).isEqualTo("a: y");
    }

    @Test
    void ifNothingHelpsItSaysWhy() {
        var view = view("a/x=10:2 b/y=100:4");
        view.put(Given.node("c", 8000, 8192, n -> n.editSpec().withUnschedulable(true).endSpec()));
        assertThat(outcome(view, wish(6), List.of()))
                .isEqualTo(
                        "0/3 nodes are available: 1 Insufficient cpu, 1 No preemption victims found"
                                + " for incoming pod, 1 Preemption is not helpful for scheduling.");
    }

    @Test
    void theViewIsAsBefore() {
        var view = view("a/w=40:2 a/x=30:2 b/y=40:2 b/z=20:2");
        var before = view.explain(wish(4));
        outcome(view, wish(4), List.of());
        assertThat(view.explain(wish(4))).isEqualTo(before);
        assertThat(view.below(1000).values().stream().mapToInt(List::size).sum()).isEqualTo(4);
    }

    @Test
    void roomThatIsKeptIsForItsPodAndItsBetters() {
        var view = new ClusterView();
        view.put(Given.node("a", 4000, 8192));
        var high = wish(3);
        view.reserve(high, "a");
        assertThat(view.place(pod("low", 10, 2, ""))).isInstanceOf(Placement.Nowhere.class);
        assertThat(view.place(pod("equal", 100, 2, ""))).isInstanceOf(Placement.Nowhere.class);
        assertThat(view.place(pod("higher", 200, 4, ""))).isEqualTo(new Placement.On("a"));
        assertThat(view.place(high)).isEqualTo(new Placement.On("a"));
        view.release(high.key());
        assertThat(view.place(pod("low", 10, 2, ""))).isEqualTo(new Placement.On("a"));
    }

    private static String outcome(ClusterView view, PodView pod, List<Budget> budgets) {
        return switch (Preemption.plan(view.copy(), pod, budgets)) {
            case Outcome.Room(var node, var victims) ->
                    victims.stream()
                            .map(v -> v.key().name())
                            .collect(Collectors.joining(" ", node + ": ", ""));
            case Outcome.NoRoom(var message) -> message;
        };
    }

    private static ClusterView view(String pods) {
        var view = new ClusterView();
        view.put(Given.node("a", 4000, 8192));
        view.put(Given.node("b", 4000, 8192));
        fill(view, pods);
        return view;
    }

    private static void fill(ClusterView view, String pods) {
        for (var text : pods.split(" ", -1)) {
            var parts = text.split("[/=:@]", -1);
            var start =
                    parts.length < 5
                            ? ""
                            : "status: {startTime: \"2026-01-01T00:0" + parts[4] + ":00Z\"}";
            var pod = pod(parts[1], Integer.parseInt(parts[2]), Integer.parseInt(parts[3]), start);
            view.put(pod, parts[0], false);
        }
    }

    private static PodView wish(int cores) {
        return pod("wish", 100, cores, "");
    }

    private static PodView pod(String name, int priority, int cores, String more) {
        return Yaml.pod(
                """
                metadata: {name: %s, namespace: default, labels: {app: %s}}
                spec: {priority: %d, containers: [{name: a, resources: {requests: {cpu: %d}}}]}
                %s
                """
                        .formatted(name, name, priority, cores, more));
    }

    private static Labels labels(String app) {
        return new Labels(List.of(new Labels.Rule("app", "In", List.of(app))));
    }
}
