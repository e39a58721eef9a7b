package dev.flotilla.controllers.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.Given;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The order in which Kubernetes' ReplicaSet controller removes pods.
class VictimsTest {
    private static final Map<String, Integer> RELATED = Map.of("crowded", 3, "quiet", 1);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void first(String why, Pod goes, Pod stays) {
        var victims = new Victims(RELATED, Given.NOW);
        for (var order : List.of(List.of(goes, stays), List.of(stays, goes))) {
            var replicas = order.stream().map(p -> new Replica(p, null)).toList();
            assertThat(victims.order(replicas).getFirst().pod()).isEqualTo(goes);
        }
    }

    static List<Arguments> first() {
        var good = Given.pod("good", "quiet", "Running", true);
        return List.of(
                Arguments.of(
                        "the one a person chose before all",
                        costing(good, Integer.toString(Integer.MIN_VALUE)),
                        Given.pod("y", null, "Pending", false).build()),
                Arguments.of(
                        "unbound before bound",
                        Given.pod("x", null, "Pending", false).build(),
                        Given.pod("y", "crowded", "Pending", false).build()),
                Arguments.of(
                        "pending before unknown",
                        Given.pod("x", "quiet", "Pending", false).build(),
                        Given.pod("y", "crowded", "Unknown", false).build()),
                Arguments.of(
                        "unknown before running",
                        Given.pod("x", "quiet", "Unknown", false).build(),
                        Given.pod("y", "crowded", "Running", false).build()),
                Arguments.of(
                        "not ready before cheap",
                        Given.pod("x", "quiet", "Running", false).build(),
                        costing(good, "-5")),
                Arguments.of(
                        "cheap before crowded",
                        costing(good, "-5"),
                        Given.pod("y", "crowded", "Running", true).build()),
                Arguments.of(
                        "a cost that is no number is 0",
                        costing(good, "-1"),
                        costing(Given.pod("y", "quiet", "Running", true), "cheap")),
                Arguments.of(
                        "crowded before lately ready",
                        Given.pod("x", "crowded", "Running", true).build(),
                        readySince(good, "2026-01-01T11:59:59Z")),
                Arguments.of(
                        "lately ready before long ready",
                        readySince(good, "2026-01-01T11:59:50Z"),
                        restarted(Given.pod("y", "quiet", "Running", true), 9)),
                Arguments.of(
                        "often restarted before steady",
                        restarted(good, 3),
                        created(Given.pod("y", "quiet", "Running", true), "2026-01-01T11:59:59Z")),
                Arguments.of(
                        "young before old",
                        created(good, "2026-01-01T11:59:59Z"),
                        Given.pod("y", "quiet", "Running", true).build()),
                Arguments.of(
                        "unbound before cheap",
                        Given.pod("x", null, "Pending", false).build(),
                        costing(Given.pod("y", "quiet", "Pending", false), "-5")),
                Arguments.of(
                        "pending before not ready",
                        Given.pod("x", "quiet", "Pending", false).build(),
                        Given.pod("y", "crowded", "Running", false).build()),
                Arguments.of(
                        "negative before none before dear",
                        good.build(),
                        costing(Given.pod("y", "crowded", "Running", true), "1")),
                Arguments.of(
                        "ready since nobody knows when before lately ready",
                        readySince(good, null),
                        readySince(
                                Given.pod("y", "quiet", "Running", true), "2026-01-01T11:59:59Z")),
                Arguments.of(
                        "2^31 nanoseconds part 2 seconds from 3",
                        readySince(good, "2026-01-01T11:59:58Z"),
                        restarted(
                                readied(
                                        Given.pod("y", "quiet", "Running", true),
                                        "2026-01-01T11:59:57Z"),
                                9)),
                Arguments.of(
                        "3 seconds and 4 are alike, then restarts count",
                        restarted(readied(good, "2026-01-01T11:59:56Z"), 3),
                        readySince(
                                Given.pod("y", "quiet", "Running", true), "2026-01-01T11:59:57Z")),
                Arguments.of(
                        "ready since a time to come before all that passed",
                        readySince(good, "2026-01-01T12:00:07Z"),
                        readySince(
                                Given.pod("y", "quiet", "Running", true), "2026-01-01T11:59:59Z")),
                Arguments.of(
                        "created nobody knows when before young",
                        created(good, null),
                        created(Given.pod("y", "quiet", "Running", true), "2026-01-01T11:59:59Z")),
                Arguments.of(
                        "all alike: by uid, which never changes",
                        good.build(),
                        Given.pod("y", "quiet", "Running", true).build()));
    }

    @Test
    void aCrowdShrinksEvenly() {
        var replicas = new ArrayList<Replica>();
        for (int i = 0; i < 9; i++) {
            replicas.add(new Replica(Given.running("p" + i, "n" + i / 3), null));
        }
        var left =
                new Victims(Map.of("n0", 3, "n1", 3, "n2", 3), Given.NOW)
                        .order(replicas).stream()
                                .skip(6)
                                .map(r -> String.valueOf(PodState.node(r.pod())));
        assertThat(left).containsExactlyInAnyOrder("n0", "n1", "n2");
    }

    private static Pod costing(PodBuilder pod, String cost) {
        return new PodBuilder(pod.build())
                .editMetadata()
                .addToAnnotations(Marks.DELETION_COST, cost)
                .endMetadata()
                .build();
    }

    private static Pod readySince(PodBuilder pod, @Nullable String time) {
        return readied(pod, time).build();
    }

    private static PodBuilder readied(PodBuilder pod, @Nullable String time) {
        return new PodBuilder(pod.build())
                .editStatus()
                .editFirstCondition()
                .withLastTransitionTime(time)
                .endCondition()
                .endStatus();
    }

    private static Pod restarted(PodBuilder pod, int times) {
        return new PodBuilder(pod.build())
                .editStatus()
                .addNewContainerStatus()
                .withRestartCount(times)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static Pod created(PodBuilder pod, @Nullable String time) {
        return new PodBuilder(pod.build())
                .editMetadata()
                .withCreationTimestamp(time)
                .endMetadata()
                .build();
    }
}
