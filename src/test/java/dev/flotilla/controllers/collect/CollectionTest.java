package dev.flotilla.controllers.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.collect.Collection.Action;
import dev.flotilla.controllers.collect.Collection.Owner;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

class CollectionTest {
    private static final Map<String, Owner> OWNERS =
            Map.of("here", Owner.THERE, "gone", Owner.GONE, "last", Owner.GOING_LAST);

    @Test
    void whatHasAnOwnerOrNeverHadOneStays() {
        assertThat(plan(owned())).isEmpty();
        assertThat(plan(owned("here"))).isEmpty();
    }

    @Test
    void whatLostItsLastOwnerGoes() {
        assertThat(plan(owned("gone"))).containsExactly(new Action.Remove(owned("gone"), false));
    }

    @Test
    void whatKeepsOneOwnerForgetsTheOthers() {
        assertThat(plan(owned("here", "gone", "last")))
                .containsExactly(
                        new Action.Disown(owned("here", "gone", "last"), Set.of("gone", "last")));
    }

    @Test
    void theForegroundGoesDownToTheLeaves() {
        assertThat(plan(owned("last"), owned("me")))
                .containsExactly(new Action.Remove(owned("last"), true));
        assertThat(plan(owned("last"))).containsExactly(new Action.Remove(owned("last"), false));
    }

    @Test
    void whoOwnsItsOwnOwnerDoesNotWaitForIt() {
        assertThat(plan(owned("last"), leaving(Collection.FOREGROUND)))
                .containsExactly(new Action.Remove(owned("last"), false));
    }

    @Test
    void anOwnerInTheForegroundWaitsForWhatItOwns() {
        var owner = leaving(Collection.FOREGROUND);
        assertThat(plan(owner, owned("me"))).isEmpty();
        assertThat(plan(owner)).containsExactly(new Action.LetGo(owner, Collection.FOREGROUND));
    }

    @Test
    void anOrphaningOwnerLeavesAllBehind() {
        var owner = leaving(Collection.ORPHAN);
        assertThat(plan(owner, owned("me")))
                .containsExactly(
                        new Action.Disown(owned("me"), Set.of("me")),
                        new Action.LetGo(owner, Collection.ORPHAN));
    }

    @Test
    void whatLeavesAlreadyIsLeftAlone() {
        assertThat(plan(leaving("someone.else/holds"))).isEmpty();
    }

    private static List<Action> plan(HasMetadata object, HasMetadata... dependents) {
        return Collection.plan(
                object, o -> OWNERS.getOrDefault(o.getUid(), Owner.THERE), List.of(dependents));
    }

    private static ConfigMap owned(String... uids) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("thing")
                .withUid("thing")
                .withOwnerReferences(List.of(uids).stream().map(CollectionTest::reference).toList())
                .endMetadata()
                .build();
    }

    private static OwnerReference reference(String uid) {
        return new OwnerReferenceBuilder().withUid(uid).withBlockOwnerDeletion(true).build();
    }

    private static ConfigMap leaving(String finalizer) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("me")
                .withUid("me")
                .withDeletionTimestamp("2026-01-01T12:00:00Z")
                .withFinalizers(finalizer)
                .endMetadata()
                .build();
    }
}
