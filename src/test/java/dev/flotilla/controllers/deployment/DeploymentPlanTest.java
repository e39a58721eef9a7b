package dev.flotilla.controllers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.Given;
import dev.flotilla.controllers.deployment.DeploymentPlan.Action;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.TemplateHash;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class DeploymentPlanTest {
    private final Deployment web = Given.deployment(3, "1", "0");

    @Test
    void theFirstSetIsMadeAtFullSize() {
        var made = made(web);
        assertThat(made.getMetadata().getName()).matches("web-[bcdfghjklmnpqrstvwxz2456789]{5,10}");
        var hash = made.getMetadata().getName().substring(4);
        assertThat(made.getSpec().getSelector().getMatchLabels())
                .containsEntry("app", "web")
                .containsEntry(TemplateHash.LABEL, hash);
        assertThat(Owners.labels(made)).containsEntry(TemplateHash.LABEL, hash);
        assertThat(made.getSpec().getTemplate().getMetadata().getLabels())
                .containsEntry(TemplateHash.LABEL, hash);
        assertThat(made.getSpec().getReplicas()).isEqualTo(3);
        assertThat(Owners.notes(made))
                .containsEntry(Revisions.REVISION, "1")
                .containsEntry(Revisions.DESIRED, "3")
                .containsEntry(Revisions.MAX, "4");
    }

    @Test
    void aSettledDeploymentHasNothingToDo() {
        assertThat(plan(noted(web, "1"), ready(made(web)))).isEmpty();
    }

    @Test
    void anotherTemplateMakesAnotherSetWithTheNextRevision() {
        var first = ready(made(web));
        var second = image(noted(web, "1"), "web:2");
        assertThat(plan(second, first))
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Make.class,
                        m -> {
                            assertThat(m.draft().getSpec().getReplicas()).isEqualTo(1);
                            assertThat(Revisions.revision(m.draft())).isEqualTo(2);
                            assertThat(m.draft().getMetadata().getName())
                                    .isNotEqualTo(first.getMetadata().getName());
                        });
    }

    @Test
    void goingBackUsesTheOldSetAgainAndRemembersItsNumber() {
        var first = sized(ready(made(web)), 0);
        var second = image(noted(web, "1"), "web:2");
        var set2 = ready(((Action.Make) plan(second, first).getFirst()).draft());
        var back = image(noted(second, "2"), "web:1");
        var actions = plan(back, first, sized(set2, 3));
        assertThat(actions).hasSize(2);
        var changed = ((Action.Change) actions.getFirst()).after();
        assertThat(Revisions.revision(changed)).isEqualTo(3);
        assertThat(Owners.notes(changed)).containsEntry(Revisions.HISTORY, "1");
        assertThat(changed.getSpec().getReplicas()).isEqualTo(1);
        assertThat(Owners.notes(((Action.Note) actions.get(1)).after()))
                .containsEntry(Revisions.REVISION, "3");
    }

    @Test
    void scalingChangesTheOneSetWhateverTheSurge() {
        var set = ready(made(web));
        assertThat(sizes(plan(scaled(noted(web, "1"), 9), set))).containsExactly(9);
        assertThat(sizes(plan(scaled(noted(web, "1"), 1), set))).containsExactly(1);
    }

    @Test
    void pausedItScalesButDoesNotRoll() {
        var set = ready(made(web));
        var paused =
                new DeploymentBuilder(image(noted(web, "1"), "web:2"))
                        .editSpec()
                        .withPaused(true)
                        .endSpec()
                        .build();
        assertThat(plan(paused, set)).isEmpty();
        assertThat(sizes(plan(scaled(paused, 5), set))).containsExactly(5);
    }

    @Test
    void recreateWaitsForTheOldPodsToBeGone() {
        var recreate = recreating(web);
        var first = ready(made(recreate));
        var next = image(noted(recreate, "1"), "web:2");
        assertThat(sizes(plan(next, first))).containsExactly(0);
        var empty = sized(first, 0);
        assertThat(plan(next, true, empty)).isEmpty();
        assertThat(plan(next, false, empty))
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Make.class,
                        m -> assertThat(m.draft().getSpec().getReplicas()).isEqualTo(3));
    }

    @Test
    void historyForgetsTheOldestEmptySets() {
        var current = ready(made(web));
        var sets = new ArrayList<ReplicaSet>();
        for (int revision = 1; revision <= 4; revision++) {
            sets.add(revision(emptySet("old-" + revision, "web:old" + revision), revision));
        }
        sets.add(revision(current, 5));
        var done =
                new DeploymentBuilder(noted(web, "5"))
                        .editSpec()
                        .withRevisionHistoryLimit(2)
                        .endSpec()
                        .withNewStatus()
                        .withObservedGeneration(1L)
                        .withReplicas(3)
                        .withUpdatedReplicas(3)
                        .withAvailableReplicas(3)
                        .endStatus()
                        .build();
        assertThat(plan(done, sets.toArray(ReplicaSet[]::new)))
                .containsExactly(new Action.Drop(sets.get(0)), new Action.Drop(sets.get(1)));
    }

    @Test
    void whereToAddIsHandedToTheSet() {
        var set = ready(made(web));
        var asked =
                new DeploymentBuilder(scaled(noted(web, "1"), 4))
                        .editMetadata()
                        .addToAnnotations(Marks.ADD_ON, "n2@4")
                        .endMetadata()
                        .build();
        var actions = plan(asked, set);
        assertThat(actions).hasSize(2);
        assertThat(Owners.notes(((Action.Change) actions.get(0)).after()))
                .containsEntry(Marks.ADD_ON, "n2@4");
        assertThat(Owners.notes(((Action.Note) actions.get(1)).after()))
                .doesNotContainKey(Marks.ADD_ON);
    }

    private static List<Action> plan(Deployment deployment, ReplicaSet... sets) {
        return plan(deployment, false, sets);
    }

    /// Every set has all its pods, and all are available.
    ///
    /// @param leaving whether pods that leave are left in each set
    private static List<Action> plan(Deployment deployment, boolean leaving, ReplicaSet... sets) {
        var stocks =
                List.of(sets).stream()
                        .map(
                                s -> {
                                    int size = Revisions.size(s);
                                    return new Stock(s, size, size, leaving || size > 0);
                                })
                        .toList();
        return DeploymentPlan.of(deployment, stocks).actions();
    }

    private static ReplicaSet made(Deployment deployment) {
        return ((Action.Make) plan(deployment).getFirst()).draft();
    }

    private static List<Integer> sizes(List<Action> actions) {
        return actions.stream()
                .map(a -> ((Action.Change) a).after().getSpec().getReplicas())
                .toList();
    }

    private static ReplicaSet ready(ReplicaSet draft) {
        int size = Revisions.size(draft);
        return new ReplicaSetBuilder(draft)
                .editMetadata()
                .withUid("uid-" + draft.getMetadata().getName())
                .withGeneration(1L)
                .endMetadata()
                .withNewStatus()
                .withReplicas(size)
                .withAvailableReplicas(size)
                .withObservedGeneration(1L)
                .endStatus()
                .build();
    }

    private static ReplicaSet emptySet(String name, String image) {
        return new ReplicaSetBuilder(Given.set(name, 0, 0))
                .editSpec()
                .withTemplate(Given.template(image))
                .endSpec()
                .build();
    }

    private static ReplicaSet sized(ReplicaSet set, int size) {
        return ready(new ReplicaSetBuilder(set).editSpec().withReplicas(size).endSpec().build());
    }

    private static ReplicaSet revision(ReplicaSet set, int number) {
        return new ReplicaSetBuilder(set)
                .editMetadata()
                .addToAnnotations(Revisions.REVISION, Integer.toString(number))
                .endMetadata()
                .build();
    }

    private static Deployment noted(Deployment deployment, String revision) {
        return new DeploymentBuilder(deployment)
                .editMetadata()
                .addToAnnotations(Revisions.REVISION, revision)
                .endMetadata()
                .build();
    }

    private static Deployment image(Deployment deployment, String image) {
        return new DeploymentBuilder(deployment)
                .editSpec()
                .withTemplate(Given.template(image))
                .endSpec()
                .build();
    }

    private static Deployment scaled(Deployment deployment, int replicas) {
        return new DeploymentBuilder(deployment)
                .editSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
    }

    private static Deployment recreating(Deployment deployment) {
        return new DeploymentBuilder(deployment)
                .editSpec()
                .withNewStrategy()
                .withType("Recreate")
                .endStrategy()
                .endSpec()
                .build();
    }
}
