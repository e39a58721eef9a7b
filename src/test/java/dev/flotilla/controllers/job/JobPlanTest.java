package dev.flotilla.controllers.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.owner.Owners;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What a Job does, from what Kubernetes documents of it.
class JobPlanTest {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    /// @param completions -1 when unsaid
    @ParameterizedTest(name = "{0} of {1}, {2} ended well, {3} run: {4} more, {5} fewer")
    @CsvSource({
        "1, 1, 0, 0, 1, 0",
        "3, 5, 0, 0, 3, 0",
        "3, 5, 3, 0, 2, 0",
        "3, 5, 4, 1, 0, 0",
        "3, 5, 4, 3, 0, 2",
        "2, 5, 0, 4, 0, 2",
        "0, 5, 1, 2, 0, 2",
        "3, -1, 0, 1, 2, 0",
        "3, -1, 1, 2, 0, 0",
    })
    void asManyAsAreNeeded(
            int parallelism, int completions, int succeeded, int active, int more, int fewer) {
        var job = job(parallelism, completions == -1 ? null : completions);
        job.getStatus().setSucceeded(succeeded);
        var pods = IntStream.range(0, active).mapToObj(i -> pod("p" + i, "Running")).toList();
        var plan = JobPlan.of(job, pods, NOW);
        assertThat(plan.make()).hasSize(more);
        assertThat(plan.dismiss()).hasSize(fewer);
    }

    @Test
    void anEndIsWrittenThenReleasedThenCounted() {
        var job = job(1, 2);
        var ended = pod("a", "Succeeded");
        var first = JobPlan.of(job, List.of(ended), NOW);
        assertThat(first.status().getSucceeded()).isNull();
        assertThat(first.status().getUncountedTerminatedPods().getSucceeded())
                .containsExactly("uid-a");
        assertThat(first.release()).containsExactly(ended);
        job.setStatus(first.status());
        var again = JobPlan.of(job, List.of(ended), NOW);
        assertThat(again.status()).isEqualTo(first.status());
        var second = JobPlan.of(job, List.of(JobPods.released(ended)), NOW);
        assertThat(second.status().getSucceeded()).isEqualTo(1);
        assertThat(second.status().getUncountedTerminatedPods().getSucceeded()).isEmpty();
        job.setStatus(second.status());
        assertThat(JobPlan.of(job, List.of(), NOW).status().getSucceeded()).isEqualTo(1);
    }

    @Test
    void endsWellInTwoSteps() {
        var job = job(1, 1);
        var ended = pod("a", "Succeeded");
        job.setStatus(JobPlan.of(job, List.of(ended), NOW).status());
        assertThat(types(job.getStatus())).containsExactly("SuccessCriteriaMet");
        var last = JobPlan.of(job, List.of(JobPods.released(ended)), NOW);
        assertThat(types(last.status())).containsExactly("SuccessCriteriaMet", "Complete");
        assertThat(last.status().getCompletionTime()).isEqualTo(NOW.toString());
        assertThat(last.status().getConditions())
                .extracting(JobCondition::getReason)
                .containsOnly("CompletionsReached");
        assertThat(last.told()).extracting(JobPlan.Told::reason).containsExactly("Completed");
    }

    @Test
    void waitsLongerAfterEachFailure() {
        var job = job(1, 1);
        var pods = new ArrayList<Pod>();
        for (int i = 0; i < 6; i++) {
            pods.add(pod("f" + i, "Failed"));
            long seconds = Math.min(10L << i, 360);
            var plan = JobPlan.of(job, pods, NOW);
            assertThat(plan.make()).isEmpty();
            assertThat(plan.again()).contains(Duration.ofSeconds(seconds));
            assertThat(JobPlan.of(job, pods, NOW.plusSeconds(seconds)).make()).hasSize(1);
        }
    }

    @Test
    void failsPastItsLimit() {
        var job = job(2, 2);
        job.getSpec().setBackoffLimit(1);
        job.getStatus().setFailed(1);
        var running = pod("r", "Running");
        var plan = JobPlan.of(job, List.of(pod("f", "Failed"), running), NOW);
        assertThat(plan.stop()).containsExactly(running);
        assertThat(plan.make()).isEmpty();
        assertThat(types(plan.status())).containsExactly("FailureTarget");
        assertThat(plan.status().getConditions().getFirst().getReason())
                .isEqualTo("BackoffLimitExceeded");
        job.setStatus(plan.status());
        job.getStatus().setUncountedTerminatedPods(null);
        var last = JobPlan.of(job, List.of(), NOW);
        assertThat(types(last.status())).containsExactly("FailureTarget", "Failed");
        assertThat(last.status().getCompletionTime()).isNull();
    }

    @Test
    void failsAtItsDeadline() {
        var job = job(1, 1);
        job.getSpec().setActiveDeadlineSeconds(60L);
        job.getStatus().setStartTime("2026-01-01T11:59:30Z");
        var pods = List.of(pod("r", "Running"));
        assertThat(JobPlan.of(job, pods, NOW).again()).contains(Duration.ofSeconds(30));
        var late = JobPlan.of(job, pods, NOW.plusSeconds(30));
        assertThat(late.status().getConditions().getFirst().getReason())
                .isEqualTo("DeadlineExceeded");
        assertThat(late.stop()).hasSize(1);
    }

    @Test
    void suspendedItHasNoPodsAndNoFailures() {
        var job = job(2, 4);
        job.getSpec().setSuspend(true);
        job.getStatus().setStartTime("2026-01-01T11:00:00Z");
        var plan = JobPlan.of(job, List.of(pod("a", "Running")), NOW);
        assertThat(plan.dismiss()).hasSize(1);
        assertThat(plan.stop()).isEmpty();
        assertThat(plan.status().getStartTime()).isNull();
        job.setStatus(plan.status());
        job.getSpec().setSuspend(false);
        var resumed = JobPlan.of(job, List.of(), NOW);
        assertThat(resumed.status().getStartTime()).isEqualTo(NOW.toString());
        assertThat(resumed.make()).hasSize(2);
        assertThat(resumed.told()).extracting(JobPlan.Told::reason).containsExactly("Resumed");
    }

    @Test
    void indexesAreFilledAndNoneTwice() {
        var job = indexed(3, 5);
        job.getStatus().setCompletedIndexes("0");
        var pods = List.of(at(1, "a", "Running"), at(1, "b", "Running"), at(9, "c", "Running"));
        var plan = JobPlan.of(job, pods, NOW);
        assertThat(plan.dismiss()).hasSize(2);
        assertThat(plan.make())
                .extracting(p -> p.getMetadata().getLabels().get(JobPods.INDEX))
                .containsExactly("2", "3");
        var made = plan.make().getFirst();
        assertThat(made.getSpec().getHostname()).isEqualTo("work-2");
        assertThat(made.getMetadata().getGenerateName()).isEqualTo("work-2-");
        assertThat(made.getMetadata().getFinalizers()).containsExactly(JobPods.FINALIZER);
        assertThat(made.getSpec().getContainers().getFirst().getEnv())
                .anyMatch(e -> e.getName().equals("JOB_COMPLETION_INDEX"));
    }

    @Test
    void anIndexThatFailsTooOftenIsLeftAndTheRestGoesOn() {
        var job = indexed(2, 2);
        job.getSpec().setBackoffLimitPerIndex(0);
        job.getSpec().setBackoffLimit(Integer.MAX_VALUE);
        var plan = JobPlan.of(job, List.of(at(0, "a", "Failed"), at(1, "b", "Running")), NOW);
        assertThat(plan.status().getFailedIndexes()).isEqualTo("0");
        assertThat(plan.make()).isEmpty();
        job.setStatus(plan.status());
        var end = JobPlan.of(job, List.of(at(1, "b", "Succeeded")), NOW);
        assertThat(end.status().getConditions().getFirst().getReason()).isEqualTo("FailedIndexes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"1,3-5,7;10;5", "0;1;1", "0,1;5;2", "2-9;4;2"})
    void indexSets(String text, int end, int size) {
        assertThat(IndexSet.parse(text, end).size()).isEqualTo(size);
        if (size == IndexSet.parse(text, 100).size()) {
            assertThat(IndexSet.parse(text, end).toString()).isEqualTo(text);
        }
    }

    private static List<String> types(JobStatus status) {
        return status.getConditions().stream().map(JobCondition::getType).toList();
    }

    static Job indexed(int parallelism, int completions) {
        var job = job(parallelism, completions);
        job.getSpec().setCompletionMode("Indexed");
        return job;
    }

    static Job job(int parallelism, @Nullable Integer completions) {
        return new JobBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("work")
                .withUid("uid-work")
                .endMetadata()
                .withNewSpec()
                .withParallelism(parallelism)
                .withCompletions(completions)
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .endStatus()
                .build();
    }

    static Pod pod(String name, String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withUid("uid-" + name)
                .withCreationTimestamp(NOW.toString())
                .withOwnerReferences(Owners.controlledBy(job(1, 1)))
                .withFinalizers(JobPods.FINALIZER)
                .endMetadata()
                .withNewSpec()
                .withNodeName("n1")
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    static Pod at(int index, String name, String phase) {
        return new PodBuilder(pod(name, phase))
                .editMetadata()
                .addToAnnotations(JobPods.INDEX, Integer.toString(index))
                .endMetadata()
                .build();
    }
}
