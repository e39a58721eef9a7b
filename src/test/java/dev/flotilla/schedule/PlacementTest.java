package dev.flotilla.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.flotilla.model.Marks;
import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.facts.Refusal;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

class PlacementTest {
    private final ClusterView view = new ClusterView();

    @ParameterizedTest
    @CsvSource({
        "6, 3, '[2, 2, 2]'",
        "9, 3, '[3, 3, 3]'",
        "7, 3, '[2, 2, 3]'",
        "3, 5, '[0, 0, 1, 1, 1]'"
    })
    void replicasSpreadFirst(int replicas, int nodes, String expected) {
        for (int n = 0; n < nodes; n++) {
            view.put(Given.node("n" + n, 4000 + 1000 * n, 8192));
        }
        view.put(Given.pod("other", "rs-other", 3000, 100), "n0", false);
        var counts = new TreeMap<String, Integer>();
        for (int i = 0; i < replicas; i++) {
            bind(Given.pod("web-" + i, "rs-web", 100, 100), counts);
        }
        var all = new ArrayList<>(counts.values());
        while (all.size() < nodes) {
            all.add(0);
        }
        assertThat(all.stream().sorted().toList()).hasToString(expected);
    }

    @Test
    void thenTheEmptierNodeThenTheFirstByName() {
        view.put(Given.node("b", 2000, 1000));
        view.put(Given.node("a", 2000, 1000));
        view.put(Given.node("c", 2000, 1000));
        assertThat(view.place(Given.pod("p", "x", 100, 0))).isEqualTo(new Placement.On("a"));
        view.put(Given.pod("q", "y", 500, 0), "a", false);
        view.put(Given.pod("r", "y", 0, 300), "b", false);
        assertThat(view.place(Given.pod("p", "x", 100, 0))).isEqualTo(new Placement.On("c"));
    }

    @Test
    void aLeavingPodTakesRoomButDoesNotCountForTheSpread() {
        view.put(Given.node("a", 2000, 1000));
        view.put(Given.node("b", 2000, 1000));
        view.put(Given.pod("web-0", "web", 100, 0), "b", false);
        view.put(Given.pod("web-1", "web", 100, 0), "a", true);
        assertThat(view.place(Given.pod("web-2", "web", 100, 0))).isEqualTo(new Placement.On("a"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refuses(String sentence, String reason, Node node, PodView pod) {
        view.put(node);
        var first = view.explain(pod).get("n");
        assertThat(first)
                .extracting(Refusal::reason, Refusal::sentence)
                .containsExactly(tuple(reason, sentence));
        assertThat(view.place(pod))
                .isInstanceOfSatisfying(
                        Placement.Nowhere.class,
                        n ->
                                assertThat(n.message())
                                        .isEqualTo("0/1 nodes are available: 1 " + reason + "."));
    }

    static List<Arguments> refuses() {
        var small = Given.pod("p", "x", 100, 100);
        return List.of(
                Arguments.of(
                        "not ready",
                        "node(s) were not ready",
                        node(n -> n.editStatus().withConditions().endStatus()),
                        small),
                Arguments.of(
                        "cordoned",
                        "node(s) were unschedulable",
                        node(n -> n.editSpec().withUnschedulable(true).endSpec()),
                        small),
                Arguments.of(
                        "taint gpu",
                        "node(s) had untolerated taint {gpu: }",
                        tainted("gpu", "", "NoSchedule"),
                        small),
                Arguments.of(
                        "taint team=red",
                        "node(s) had untolerated taint {team: red}",
                        tainted("team", "red", "NoExecute"),
                        Given.pod(p -> tolerating(p, "team", "Equal", "blue"))),
                Arguments.of(
                        "needs a node with disk=ssd",
                        "node(s) didn't match Pod's node affinity/selector",
                        node(n -> n),
                        Given.pod(p -> p.editSpec().addToNodeSelector("disk", "ssd").endSpec())),
                Arguments.of(
                        "needs 2 CPU, 1.2 free",
                        "Insufficient cpu",
                        Given.node("n", 1200, 1000),
                        Given.pod("p", "x", 2000, 0)),
                Arguments.of(
                        "needs 1.5 GiB memory, 1000 MiB free",
                        "Insufficient memory",
                        Given.node("n", 1200, 1000),
                        Given.pod("p", "x", 0, 1536)));
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "In, zone, a|b, true",
        "In, zone, b, false",
        "NotIn, zone, b, true",
        "NotIn, none, b, true",
        "NotIn, zone, a, false",
        "Exists, zone, '', true",
        "Exists, none, '', false",
        "DoesNotExist, none, '', true",
        "DoesNotExist, zone, '', false",
        "Gt, cores, 3, true",
        "Gt, cores, 4, false",
        "Lt, cores, 5, true",
        "Lt, zone, 5, false",
        "Unknown, zone, a, false"
    })
    void requiredAffinity(String operator, String key, String values, boolean matches) {
        view.put(
                node(
                        n ->
                                n.editMetadata()
                                        .addToLabels("zone", "a")
                                        .addToLabels("cores", "4")
                                        .endMetadata()));
        var pod =
                Given.pod(
                        p ->
                                p.editSpec()
                                        .withNewAffinity()
                                        .withNewNodeAffinity()
                                        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                                        .addNewNodeSelectorTerm()
                                        .addNewMatchExpression()
                                        .withKey(key)
                                        .withOperator(operator)
                                        .withValues(values.split("\\|"))
                                        .endMatchExpression()
                                        .endNodeSelectorTerm()
                                        .endRequiredDuringSchedulingIgnoredDuringExecution()
                                        .endNodeAffinity()
                                        .endAffinity()
                                        .endSpec());
        assertThat(view.place(pod) instanceof Placement.On).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "gpu, Equal, x, true", "gpu, Exists, , true", "'', Exists, , true",
        "gpu, Equal, y, false", "cpu, Exists, , false", "'', Equal, x, false"
    })
    void tolerations(String key, String operator, @Nullable String value, boolean tolerated) {
        view.put(tainted("gpu", "x", "NoSchedule"));
        var pod = Given.pod(p -> tolerating(p, key, operator, value));
        assertThat(view.place(pod) instanceof Placement.On).isEqualTo(tolerated);
    }

    @Test
    void aNodeHoldsSoManyPods() {
        view.put(node(n -> n.editStatus().addToAllocatable("pods", new Quantity("2")).endStatus()));
        assertThat(view.roomFor(Given.pod("p", "x", 0, 0), 1000)).isEqualTo(2);
        view.put(Given.pod("a", "x", 0, 0), "n", false);
        view.put(Given.pod("b", "x", 0, 0), "n", true);
        assertThat(view.explain(Given.pod("p", "x", 0, 0)).get("n"))
                .extracting(Refusal::reason, Refusal::sentence)
                .containsExactly(tuple("Too many pods", "holds its 2 pods"));
    }

    @Test
    void reasonsOfManyNodesAreCounted() {
        assertThat(nowhere(Given.pod("p", "x", 4000, 0)))
                .isEqualTo("no nodes available to schedule pods");
        view.put(tainted("gpu", "", "NoSchedule"));
        view.put(Given.node("b", 1000, 1000));
        view.put(Given.node("c", 1000, 1000));
        assertThat(nowhere(Given.pod("p", "x", 4000, 0)))
                .isEqualTo(
                        "0/3 nodes are available: 1 node(s) had untolerated taint {gpu: }, 2"
                                + " Insufficient cpu.");
    }

    @Test
    void aPodGoesWhereItIsPlacedAsLongAsThatNodeTakesPods() {
        view.put(Given.node("a", 4000, 1000));
        view.put(Given.node("b", 100, 1000));
        var fits = placedOn("b", false, 50);
        assertThat(view.place(fits)).isEqualTo(new Placement.On("b"));
        assertThat(nowhere(placedOn("b", false, 500)))
                .isEqualTo(
                        "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) weren't the node"
                                + " the pod is to be placed on.");
        assertThat(view.place(placedOn("gone", false, 50))).isEqualTo(new Placement.On("a"));
        assertThat(view.place(placedOn("gone", true, 50))).isInstanceOf(Placement.Nowhere.class);
        view.removeNode("b");
        assertThat(view.place(fits)).isEqualTo(new Placement.On("a"));
    }

    @Test
    void onlyWhatMattersIsAChange() {
        assertThat(view.put(Given.node("a", 4000, 1000))).isTrue();
        var beat =
                Given.node(
                        "a",
                        4000,
                        1000,
                        n ->
                                n.editMetadata()
                                        .withResourceVersion("7")
                                        .addToAnnotations("x", "y")
                                        .endMetadata());
        assertThat(view.put(beat)).isFalse();
        assertThat(view.put(Given.node("a", 5000, 1000))).isTrue();
    }

    private PodView placedOn(String node, boolean completesAMove, int cpuMillis) {
        return Given.pod("p", "x", cpuMillis, 0).placed(node, completesAMove);
    }

    @Test
    void theMarksOfAPodAreRead() {
        var pod =
                Given.pod(
                        p ->
                                p.editMetadata()
                                        .addToAnnotations(Marks.PLACE_ON, "b")
                                        .addToAnnotations(Marks.REPLACES, "uid")
                                        .endMetadata());
        assertThat(pod.placeOn()).isEqualTo("b");
        assertThat(pod.nowhereElse()).isTrue();
    }

    private String nowhere(PodView pod) {
        return ((Placement.Nowhere) view.place(pod)).message();
    }

    private void bind(PodView pod, TreeMap<String, Integer> counts) {
        if (view.place(pod) instanceof Placement.On(var node)) {
            view.put(pod, node, false);
            counts.merge(node, 1, Integer::sum);
        }
    }

    private static Node node(UnaryOperator<NodeBuilder> more) {
        return Given.node("n", 4000, 8192, more);
    }

    private static Node tainted(String key, String value, String effect) {
        return node(
                n ->
                        n.editSpec()
                                .addNewTaint()
                                .withKey(key)
                                .withValue(value)
                                .withEffect(effect)
                                .endTaint()
                                .endSpec());
    }

    private static PodBuilder tolerating(
            PodBuilder p, String key, String operator, @Nullable String value) {
        return p.editSpec()
                .addNewToleration()
                .withKey(key)
                .withOperator(operator)
                .withValue(value)
                .endToleration()
                .endSpec();
    }
}
