package dev.flotilla.controllers.stateful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.revision.History;
import dev.flotilla.controllers.stateful.StatefulPlan.Action;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a StatefulSet does next, from what Kubernetes documents of it.
class StatefulPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    /// Each pod is a letter at its ordinal: `r` ready, `n` not ready, `l` leaving, `f` failed, `-`
    /// none; a capital has the template of now. `+N` makes, `xN` removes.
    @ParameterizedTest(name = "{0} of {1} from {2}, partition {3}: {4}")
    @CsvSource({
        "Ordered, 3, '', 0, +0",
        "Ordered, 3, N, 0, ''",
        "Ordered, 3, R, 0, +1",
        "Ordered, 3, R-R, 0, +1",
        "Ordered, 3, RlR, 0, ''",
        "Ordered, 3, RfR, 0, x1",
        "Ordered, 3, RRR, 0, ''",
        "Ordered, 1, RRR, 0, x2",
        "Ordered, 1, RRl, 0, ''",
        "Ordered, 1, NRR, 0, ''",
        "Ordered, 3, rrr, 0, x2",
        "Ordered, 3, rrl, 0, ''",
        "Ordered, 3, rrN, 0, ''",
        "Ordered, 3, rrR, 0, x1",
        "Ordered, 3, rrr, 2, x2",
        "Ordered, 3, rrR, 2, ''",
        "Ordered, 3, r-R, 2, +1",
        "Parallel, 3, '', 0, +0 +1 +2",
        "Parallel, 3, N-l, 0, +1",
        "Parallel, 1, NNN, 0, x2 x1",
        "Parallel, 3, rrr, 0, x2",
        "Parallel, 3, rrN, 0, ''",
        "OnDelete, 3, rrr, 0, ''",
    })
    void nextStep(String policy, int replicas, String pods, int partition, String expected) {
        var set = set(policy, replicas, partition);
        var plan = new StatefulPlan(set, pods(pods), "old", "new", NOW);
        assertThat(words(plan)).isEqualTo(expected);
    }

    /// How many may be unavailable at once.
    @ParameterizedTest(name = "{0} of {1} from {2}, {3} unavailable: {4}")
    @CsvSource({
        "Ordered, 5, rrrrr, 2, x4 x3",
        "Ordered, 5, rrrrl, 2, ''",
        "Parallel, 5, rrrrr, 2, x4 x3",
        "Parallel, 5, rrrrR, 2, x3 x2",
        "Parallel, 5, rrrrN, 2, x3",
        "Parallel, 5, rrrrl, 2, x3",
        "Parallel, 5, rrrlN, 2, ''",
        "Parallel, 5, rrrNN, 2, ''",
        "Parallel, 5, rrrnn, 2, x4 x3",
        "Parallel, 5, nrrrr, 2, x4 x0",
        "Parallel, 5, nnrrr, 2, x1 x0",
        "Parallel, 5, nrrrr, 1, x0",
        "Parallel, 5, rrrrr, 99, x4 x3 x2 x1 x0",
        "Parallel, 5, rrrrr, 50%, x4 x3",
        "Parallel, 5, rrrrr, 10%, x4",
    })
    void rollsSoManyAtOnce(String policy, int replicas, String pods, String most, String expected) {
        var set = set(policy, replicas, 0);
        set.getSpec()
                .getUpdateStrategy()
                .getRollingUpdate()
                .setMaxUnavailable(
                        most.endsWith("%")
                                ? new IntOrString(most)
                                : new IntOrString(Integer.valueOf(most)));
        assertThat(words(new StatefulPlan(set, pods(pods), "old", "new", NOW))).isEqualTo(expected);
    }

    @Test
    void belowThePartitionTheOldTemplateIsMadeAgain() {
        var plan = new StatefulPlan(set("Parallel", 3, 2), List.of(), "old", "new", NOW);
        assertThat(plan.actions())
                .extracting(a -> a instanceof Action.Make(_, var revision) ? revision : "")
                .containsExactly("old", "old", "new");
    }

    @Test
    void countsAndIsDoneWhenAllAreNew() {
        var set = set("Ordered", 3, 0);
        var half = new StatefulPlan(set, pods("rrR"), "old", "new", NOW).status();
        assertThat(half.getCurrentReplicas()).isEqualTo(2);
        assertThat(half.getUpdatedReplicas()).isEqualTo(1);
        assertThat(half.getCurrentRevision()).isEqualTo("old");
        var whole = new StatefulPlan(set, pods("RRR"), "old", "new", NOW).status();
        assertThat(whole.getCurrentRevision()).isEqualTo("new");
        assertThat(whole.getCurrentReplicas()).isEqualTo(3);
    }

    @Test
    void aMemberKnowsItsNameAndItsClaims() {
        var set =
                new StatefulSetBuilder(set("Ordered", 1, 0))
                        .editSpec()
                        .addNewVolumeClaimTemplate()
                        .withNewMetadata()
                        .withName("data")
                        .endMetadata()
                        .endVolumeClaimTemplate()
                        .endSpec()
                        .build();
        var member = new Member(set, 7);
        var pod = member.draft(set.getSpec().getTemplate(), "new");
        assertThat(pod.getMetadata().getName()).isEqualTo("db-7");
        assertThat(pod.getMetadata().getLabels())
                .containsEntry("apps.kubernetes.io/pod-index", "7")
                .containsEntry("statefulset.kubernetes.io/pod-name", "db-7");
        assertThat(pod.getSpec().getHostname()).isEqualTo("db-7");
        assertThat(pod.getSpec().getVolumes().getFirst().getPersistentVolumeClaim().getClaimName())
                .isEqualTo("data-db-7");
        assertThat(member.claims().getFirst().getMetadata().getName()).isEqualTo("data-db-7");
    }

    private static String words(StatefulPlan plan) {
        return plan.actions().stream()
                .map(
                        a ->
                                switch (a) {
                                    case Action.Make(var member, _) -> "+" + member.ordinal();
                                    case Action.Remove(var pod, _) ->
                                            "x" + Member.ordinal(plan.set(), pod);
                                })
                .collect(Collectors.joining(" "));
    }

    private static StatefulSet set(String policy, int replicas, int partition) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("db")
                .withUid("uid-db")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withServiceName("db")
                .withPodManagementPolicy(policy.equals("Parallel") ? policy : "OrderedReady")
                .withNewSelector()
                .addToMatchLabels("app", "db")
                .endSelector()
                .withNewUpdateStrategy()
                .withType(policy.equals("OnDelete") ? policy : "RollingUpdate")
                .withNewRollingUpdate()
                .withPartition(partition)
                .endRollingUpdate()
                .endUpdateStrategy()
                .withNewTemplate()
                .withNewSpec()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static List<Pod> pods(String letters) {
        var pods = new ArrayList<Pod>();
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            if (letter != '-') {
                pods.add(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName("db-" + i)
                                .addToLabels(
                                        History.LABEL,
                                        Character.isUpperCase(letter) ? "new" : "old")
                                .withDeletionTimestamp(letter == 'l' ? NOW.toString() : null)
                                .endMetadata()
                                .withNewStatus()
                                .withPhase(letter == 'f' ? "Failed" : "Running")
                                .addNewCondition()
                                .withType("Ready")
                                .withStatus("rR".indexOf(letter) >= 0 ? "True" : "False")
                                .endCondition()
                                .endStatus()
                                .build());
            }
        }
        return pods;
    }
}
