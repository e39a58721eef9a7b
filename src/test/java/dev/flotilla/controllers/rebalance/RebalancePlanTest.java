package dev.flotilla.controllers.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.Given;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.controllers.rebalance.RebalancePlan.Step;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// When rebalancing moves which pod where.
class RebalancePlanTest {

    /// Each word is an app: how many of its pods are on n1, n2, n3. Nodes: `o` old, `j` joined a
    /// few minutes ago, `y` came half a minute ago, `c` closed, `f` full.
    @ParameterizedTest(name = "apps {0} on nodes {1}: {2}")
    @CsvSource({
        "220, ooo, a n2>n3",
        "330, ooo, a n2>n3",
        "310, ooo, a n1>n3",
        "400, ooo, a n1>n2",
        "211, ooo, ''",
        "220 330, ooo, b n2>n3",
        "310 600, ooo, b n1>n3",
        "330, ooc, ''",
        "330, oof, ''",
        "420, oof, a n1>n2",
        "330, ooy, ''",
        "330, ooj, a n2>n3",
        "100 100 100, ooo, ''",
        "100 100 100, ooj, a n1>n3",
        "100 100 001, ooj, ''",
        "100 010 010 010, ooj, b n2>n3",
        "110 110 110, ooj, a n2>n3",
        "110 110 110, ooy, ''",
        "111 111 111, ooj, ''",
    })
    void movesFromTheFullestToTheEmptiest(String apps, String nodes, String expected) {
        assertThat(words(plan(apps(apps), nodes).next())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "not ready, not all of its pods are ready",
        "leaving, not all of its pods are ready",
        "missing, not all of its pods are ready",
        "dragged, a person has chosen where its pods run",
        "opted out, its pods have the annotation flotilla.dev/rebalance: \"false\"",
        "owner, a rollout of it runs",
        "claim, its pods keep data on their node or in a claim",
        "budget, its budget b lets no pod go now",
    })
    void staysAndSaysWhy(String what, String why) {
        UnaryOperator<PodBuilder> change =
                switch (what) {
                    case "not ready" -> p -> p.editStatus().withConditions(List.of()).endStatus();
                    case "leaving" ->
                            p ->
                                    p.editMetadata()
                                            .withDeletionTimestamp(Given.NOW.toString())
                                            .endMetadata();
                    case "dragged" -> p -> note(p, Marks.PLACE_ON, "n1");
                    case "opted out" -> p -> note(p, Marks.REBALANCE, "false");
                    case "claim" ->
                            p ->
                                    p.editSpec()
                                            .addNewVolume()
                                            .withNewPersistentVolumeClaim("data", false)
                                            .endVolume()
                                            .endSpec();
                    default -> p -> p;
                };
        var app = app("a", "300", change);
        int wanted = what.equals("missing") ? 4 : 3;
        var refusal = what.equals("owner") ? Optional.of("a rollout of it runs") : app.refusal();
        var changed = new App(app.name(), app.pods(), wanted, refusal);
        var plan =
                new RebalancePlan(
                        List.of(changed),
                        machines("ooo"),
                        _ -> Set.of("n1", "n2", "n3"),
                        _ ->
                                what.equals("budget")
                                        ? Optional.of("its budget b lets no pod go now")
                                        : Optional.empty(),
                        Given.NOW);
        assertThat(plan.next()).isInstanceOf(Step.Rest.class);
        assertThat(plan.ahead(10)).isEmpty();
        assertThat(plan.held()).isEqualTo(Map.of("Deployment default/a", why));
    }

    @Test
    void waitsUntilTheAppHasBeenCalm() {
        var app =
                app("a", "300", p -> p.editMetadata().withCreationTimestamp(ago(20)).endMetadata());
        assertThat(plan(List.of(app), "ooo").next())
                .isEqualTo(new Step.Rest(Optional.of(Duration.ofSeconds(40))));
    }

    @Test
    void waitsUntilAReturnedNodeHasSettled() {
        assertThat(plan(apps("330"), "ooy").next())
                .isEqualTo(new Step.Rest(Optional.of(Duration.ofSeconds(30))));
    }

    @Test
    void coolsDownBetweenMoves() {
        var moved = app("b", "001", p -> note(p, Marks.REBALANCED, ago(10)));
        var plan = plan(List.of(app("a", "300", p -> p), moved), "ooo");
        assertThat(plan.next()).isEqualTo(new Step.Rest(Optional.of(Duration.ofSeconds(20))));
    }

    @Test
    void whatMovedOrCouldNotStaysAWhile() {
        var app = app("a", "300", p -> note(p, Marks.REBALANCED, ago(60)));
        assertThat(plan(List.of(app), "ooo").next())
                .isEqualTo(new Step.Rest(Optional.of(Duration.ofMinutes(9))));
        assertThat(plan(List.of(app), "ooo").ahead(10)).hasSize(2);
    }

    @Test
    void oneAtATimeAndNotForEver() {
        UnaryOperator<PodBuilder> moving = p -> note(p, Marks.MOVE_TO, "n3");
        var app = app("a", "300", p -> note(moving.apply(p), Marks.REBALANCED, ago(100)));
        assertThat(plan(List.of(app, app("b", "300", p -> p)), "ooo").next())
                .isEqualTo(new Step.Rest(Optional.of(Duration.ofSeconds(200))));
        var late = app("a", "300", p -> note(moving.apply(p), Marks.REBALANCED, ago(300)));
        assertThat(plan(List.of(late), "ooo").next()).isInstanceOf(Step.CallOff.class);
        var byHand = app("a", "300", moving);
        assertThat(words(plan(List.of(byHand, app("b", "300", p -> p)), "ooo").next()))
                .isEqualTo("b n1>n2");
    }

    @ParameterizedTest(name = "{0} on {1}: {2} moves")
    @CsvSource({
        "600, ooo, 4",
        "330 330, ooo, 4",
        "330 060 111, oof, 3",
        "990, ooo, 6",
        "330, ooy, 2",
        "100 100 100 100 100 100, jjj, 3"
    })
    void theMovesAheadEndAndLeadNowhereTwice(String apps, String nodes, int count) {
        var before = apps(apps);
        var moves = plan(before, nodes).ahead(100);
        assertThat(moves).hasSize(count);
        assertThat(moves.stream().map(m -> m.pod().getMetadata().getUid()).distinct())
                .hasSize(count);
    }

    private static String words(Step step) {
        return step instanceof Step.Begin(var move)
                ? move.app().substring("Deployment default/".length())
                        + " "
                        + move.from()
                        + ">"
                        + move.to()
                : "";
    }

    private static RebalancePlan plan(List<App> apps, String nodes) {
        return new RebalancePlan(
                apps, machines(nodes), _ -> takers(nodes), _ -> Optional.empty(), Given.NOW);
    }

    private static Set<String> takers(String nodes) {
        var takers = new TreeSet<String>();
        for (int i = 0; i < nodes.length(); i++) {
            if ("ojy".indexOf(nodes.charAt(i)) >= 0) {
                takers.add("n" + (i + 1));
            }
        }
        return takers;
    }

    private static Machines machines(String nodes) {
        var all = new ArrayList<Node>();
        for (int i = 0; i < nodes.length(); i++) {
            int seconds =
                    switch (nodes.charAt(i)) {
                        case 'j' -> 300;
                        case 'y' -> 30;
                        default -> 100_000;
                    };
            all.add(
                    new NodeBuilder()
                            .withNewMetadata()
                            .withName("n" + (i + 1))
                            .endMetadata()
                            .withNewSpec()
                            .withUnschedulable(nodes.charAt(i) == 'c')
                            .endSpec()
                            .withNewStatus()
                            .addNewCondition()
                            .withType("Ready")
                            .withStatus("True")
                            .withLastTransitionTime(ago(seconds))
                            .endCondition()
                            .endStatus()
                            .build());
        }
        return new Machines(all, Given.NOW);
    }

    private static List<App> apps(String text) {
        var words = Arrays.asList(text.split(" ", -1));
        var apps = new ArrayList<App>();
        for (int i = 0; i < words.size(); i++) {
            apps.add(app(String.valueOf((char) ('a' + i)), words.get(i), p -> p));
        }
        return apps;
    }

    private static App app(String name, String counts, UnaryOperator<PodBuilder> change) {
        var pods = new ArrayList<Pod>();
        for (int node = 0; node < counts.length(); node++) {
            for (int i = 0; i < counts.charAt(node) - '0'; i++) {
                var pod =
                        Given.pod(name + "-" + node + i, "n" + (node + 1), "Running", true).build();
                pods.add(change.apply(new PodBuilder(pod)).build());
            }
        }
        assertThat(pods.stream().map(PodState::node).collect(Collectors.toSet())).isNotEmpty();
        return new App("Deployment default/" + name, pods, pods.size(), Optional.empty());
    }

    private static PodBuilder note(PodBuilder pod, String mark, String value) {
        return pod.editMetadata().addToAnnotations(mark, value).endMetadata();
    }

    private static String ago(int seconds) {
        return Given.NOW.minusSeconds(seconds).toString();
    }
}
