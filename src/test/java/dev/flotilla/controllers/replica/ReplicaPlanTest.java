package dev.flotilla.controllers.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.Given;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.replica.ReplicaPlan.Action;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

class ReplicaPlanTest {
    private static final Pod A = Given.running("a", "n1");
    private static final Pod B = Given.running("b", "n2");

    @Test
    void makesWhatIsMissingFromTheTemplate() {
        var actions = plan(Given.set("rs", 3), A);
        assertThat(actions)
                .hasSize(2)
                .allSatisfy(a -> assertThat(a).isInstanceOf(Action.Create.class));
        var draft = ((Action.Create) actions.getFirst()).draft();
        assertThat(draft.getMetadata().getGenerateName()).isEqualTo("rs-");
        assertThat(draft.getMetadata().getLabels()).containsEntry("app", "web");
        assertThat(Owners.controller(draft).orElseThrow().getUid()).isEqualTo("uid-rs");
        assertThat(draft.getSpec().getContainers().getFirst().getImage()).isEqualTo("web:1");
    }

    @Test
    void whatIsOverOrLeavingIsNoReplica() {
        var over = Given.pod("over", "n1", "Failed", false).build();
        var leaving = leaving(Given.running("leaving", "n1"));
        assertThat(plan(Given.set("rs", 1), over, leaving))
                .singleElement()
                .isInstanceOf(Action.Create.class);
    }

    @Test
    void removesWhatIsTooMuch() {
        assertThat(plan(Given.set("rs", 1), A, Given.pod("new", null, "Pending", false).build()))
                .containsExactly(
                        new Action.Remove(Given.pod("new", null, "Pending", false).build()));
    }

    @Test
    void takesInStraysAndLetsGoWhatNoLongerMatches() {
        var other = new PodBuilder(B).editMetadata().withLabels(Map.of("app", "x")).endMetadata();
        var stray = new PodBuilder(A).editMetadata().withOwnerReferences().endMetadata().build();
        var plan =
                new ReplicaPlan(
                        Given.set("rs", 1),
                        List.of(other.build()),
                        List.of(stray),
                        Map.of(),
                        _ -> true,
                        Given.NOW);
        assertThat(plan.actions())
                .containsExactly(new Action.Release(other.build()), new Action.Adopt(stray));
    }

    @Test
    void aSetThatLeavesDoesNothing() {
        var leaving =
                new ReplicaSetBuilder(Given.set("rs", 3))
                        .editMetadata()
                        .withDeletionTimestamp("2026-01-01T12:00:00Z")
                        .endMetadata()
                        .build();
        assertThat(plan(leaving, A)).isEmpty();
    }

    @Test
    void aMoveStartsWithASuccessorOnTheOtherNode() {
        var moving = moving(A, "n2");
        assertThat(plan(Given.set("rs", 2), moving, B))
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Create.class,
                        c ->
                                assertThat(c.draft().getMetadata().getAnnotations())
                                        .containsEntry(Marks.PLACE_ON, "n2")
                                        .containsEntry(Marks.REPLACES, "uid-a"));
    }

    @Test
    void aMovingPodAndItsSuccessorAreOneReplicaUntilTheSuccessorIsReady() {
        var moving = moving(A, "n2");
        var waiting = successor(moving, Given.pod("s", "n2", "Running", false).build());
        assertThat(plan(Given.set("rs", 1), moving, waiting)).isEmpty();
        var ready = successor(moving, Given.running("s", "n2"));
        assertThat(plan(Given.set("rs", 1), moving, ready))
                .containsExactly(new Action.Remove(moving));
        assertThat(plan(Given.set("rs", 1), leaving(moving), ready)).isEmpty();
    }

    @Test
    void aMoveThatCannotBeIsDropped() {
        var gone = moving(A, "gone");
        assertThat(plan(Given.set("rs", 1), gone))
                .containsExactly(new Action.StayPut(gone, "there is no node gone"));
        var there = moving(A, "n1");
        assertThat(plan(Given.set("rs", 1), there))
                .containsExactly(new Action.StayPut(there, "it runs there"));
        var moving = moving(A, "n2");
        var refused =
                new PodBuilder(successor(moving, Given.pod("s", null, "Pending", false).build()))
                        .editStatus()
                        .addNewCondition()
                        .withType("PodScheduled")
                        .withStatus("False")
                        .withReason("Unschedulable")
                        .withMessage("no room")
                        .endCondition()
                        .endStatus()
                        .build();
        assertThat(plan(Given.set("rs", 1), moving, refused))
                .containsExactly(
                        new Action.StayPut(moving, "node n2 can't take it: no room"),
                        new Action.Remove(refused));
    }

    @Test
    void aMoveThatIsCalledOffTakesItsSuccessorAway() {
        var ready = successor(A, Given.running("s", "n2"));
        assertThat(plan(Given.set("rs", 1), A, ready)).containsExactly(new Action.Remove(ready));
        assertThat(plan(Given.set("rs", 1), leaving(A), ready)).isEmpty();
    }

    @Test
    void shrinkingTakesAMovingReplicaWhole() {
        var moving = moving(A, "n2");
        var waiting = successor(moving, Given.pod("s", "n2", "Pending", false).build());
        assertThat(plan(Given.set("rs", 0), moving, waiting))
                .containsExactlyInAnyOrder(new Action.Remove(moving), new Action.Remove(waiting));
    }

    @Test
    void thePodThatBringsThemToTheCountIsPlaced() {
        var set = addOn(Given.set("rs", 4), "n9@3");
        var places =
                plan(set, A).stream()
                        .filter(a -> a instanceof Action.Create)
                        .map(a -> Owners.notes(((Action.Create) a).draft()).get(Marks.PLACE_ON))
                        .toList();
        assertThat(places).containsExactly(null, "n9", null);
        assertThat(plan(addOn(Given.set("rs", 2), "n9@2"), A, B))
                .containsExactly(new Action.ForgetAddOn());
        assertThat(plan(addOn(Given.set("rs", 2), "nonsense"), A, B))
                .containsExactly(new Action.ForgetAddOn());
        assertThat(plan(addOn(Given.set("rs", 2), "n9@3"), A, B)).isEmpty();
    }

    private static List<Action> plan(ReplicaSet set, Pod... pods) {
        return new ReplicaPlan(
                        set,
                        List.of(pods),
                        List.of(),
                        Map.of(),
                        Set.of("n1", "n2")::contains,
                        Given.NOW)
                .actions();
    }

    private static ReplicaSet addOn(ReplicaSet set, String wish) {
        return new ReplicaSetBuilder(set)
                .editMetadata()
                .addToAnnotations(Marks.ADD_ON, wish)
                .endMetadata()
                .build();
    }

    private static Pod moving(Pod pod, String to) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToAnnotations(Marks.MOVE_TO, to)
                .endMetadata()
                .build();
    }

    private static Pod successor(Pod of, Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToAnnotations(Marks.REPLACES, of.getMetadata().getUid())
                .endMetadata()
                .build();
    }

    private static Pod leaving(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T12:00:30Z")
                .endMetadata()
                .build();
    }
}
