package dev.flotilla.controllers.job;

import static dev.flotilla.controllers.job.JobPlanTest.NOW;
import static dev.flotilla.controllers.job.JobPlanTest.at;
import static dev.flotilla.controllers.job.JobPlanTest.indexed;
import static dev.flotilla.controllers.job.JobPlanTest.job;
import static dev.flotilla.controllers.job.JobPlanTest.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The policies by which a Job judges its pods, from what Kubernetes documents of them.
class JobPoliciesTest {

    /// @param rule `CODES ACTION` with the exit codes that it is for, or `drain ACTION`
    @ParameterizedTest(name = "{0} after exit {1}, drained {2}: {3}")
    @CsvSource({
        "In 42 FailJob, 42, false, FailJob",
        "In 42 FailJob, 1, false, Count",
        "In 42 Ignore, 42, false, Ignore",
        "NotIn 42 FailJob, 1, false, FailJob",
        "NotIn 42 FailJob, 42, false, Count",
        "NotIn 42 FailJob, 0, false, Count",
        "drain Ignore, 137, true, Ignore",
        "drain Ignore, 137, false, Count",
        "In 42 FailIndex, 42, false, FailIndex",
        "In 42 Count, 42, false, Count",
    })
    void failurePolicy(String rule, int exit, boolean drained, String action) {
        var job = policed(indexed(1, 2), rule);
        job.getSpec().setBackoffLimitPerIndex(3);
        job.getSpec().setBackoffLimit(Integer.MAX_VALUE);
        var failed = ended(at(0, "a", "Failed"), exit, drained);
        var plan = JobPlan.of(job, List.of(failed), NOW);
        var status = plan.status();
        switch (action) {
            case "FailJob" -> {
                var target = status.getConditions().getFirst();
                assertThat(target.getType()).isEqualTo("FailureTarget");
                assertThat(target.getReason()).isEqualTo("PodFailurePolicy");
                assertThat(target.getMessage())
                        .isEqualTo(
                                "Container main for pod default/a failed with exit code "
                                        + exit
                                        + " matching FailJob rule at index 0");
            }
            case "FailIndex" -> assertThat(status.getFailedIndexes()).isEqualTo("0");
            case "Ignore" -> {
                assertThat(plan.release()).containsExactly(failed);
                assertThat(status.getUncountedTerminatedPods().getFailed()).isEmpty();
                assertThat(status.getFailedIndexes()).isEmpty();
            }
            default -> {
                assertThat(status.getConditions()).isEmpty();
                assertThat(status.getFailedIndexes()).isEmpty();
                assertThat(JobPlan.of(job, List.of(failed), NOW.plusSeconds(60)).make())
                        .first()
                        .extracting(JobPods::indexFailures)
                        .isEqualTo(1);
            }
        }
    }

    @ParameterizedTest(name = "{0} of indexes {1}, completed {2}: {3}")
    @CsvSource({
        ", 0-1, '0', false",
        ", 0-1, '0,1', true",
        "1, 0-1, '1', true",
        "1, 0-1, '3', false",
        "2, '', '0,4', true",
        "2, '', '4', false",
    })
    void successPolicy(@Nullable Integer count, String among, String completed, boolean met) {
        var job =
                new JobBuilder(indexed(5, 5))
                        .editSpec()
                        .withNewSuccessPolicy()
                        .addNewRule()
                        .withSucceededCount(count)
                        .withSucceededIndexes(among.isEmpty() ? null : among)
                        .endRule()
                        .endSuccessPolicy()
                        .endSpec()
                        .build();
        job.getStatus().setCompletedIndexes(completed);
        var running = at(2, "r", "Running");
        var plan = JobPlan.of(job, List.of(running), NOW);
        assertThat(plan.stop()).hasSize(met ? 1 : 0);
        assertThat(plan.status().getConditions())
                .extracting(JobCondition::getType, JobCondition::getReason)
                .isEqualTo(met ? List.of(tuple("SuccessCriteriaMet", "SuccessPolicy")) : List.of());
    }

    @Test
    void aFinishedJobGoesWhenItsTimeHasCome() {
        var job = job(1, 1);
        job.getSpec().setTtlSecondsAfterFinished(100);
        job.getStatus()
                .setConditions(
                        List.of(
                                new JobCondition(
                                        null,
                                        NOW.minusSeconds(40).toString(),
                                        null,
                                        null,
                                        "True",
                                        "Complete")));
        assertThat(JobPlan.of(job, List.of(), NOW).again()).contains(Duration.ofSeconds(60));
        assertThat(JobPlan.expiry(job)).contains(NOW.plusSeconds(60));
        job.getSpec().setTtlSecondsAfterFinished(null);
        assertThat(JobPlan.expiry(job)).isEmpty();
    }

    /// A pod that is to go is replaced at once, or only when it has ended.
    @ParameterizedTest(name = "{0}: {1} made")
    @CsvSource({"TerminatingOrFailed, 1", "Failed, 0"})
    void podReplacementPolicy(String policy, int made) {
        var job = job(2, 4);
        job.getSpec().setPodReplacementPolicy(policy);
        var leaving =
                new PodBuilder(pod("l", "Running"))
                        .editMetadata()
                        .withDeletionTimestamp(NOW.plusSeconds(30).toString())
                        .withDeletionGracePeriodSeconds(30L)
                        .endMetadata()
                        .build();
        var pods = new ArrayList<>(List.of(leaving, pod("r", "Running")));
        var plan = JobPlan.of(job, pods, NOW.plusSeconds(60));
        assertThat(plan.make()).hasSize(made);
        assertThat(plan.status().getTerminating()).isEqualTo(1);
    }

    @Test
    void tooManyFailedIndexesFailTheJob() {
        var job = indexed(3, 5);
        job.getSpec().setBackoffLimitPerIndex(0);
        job.getSpec().setBackoffLimit(Integer.MAX_VALUE);
        job.getSpec().setMaxFailedIndexes(1);
        var one = JobPlan.of(job, List.of(at(0, "a", "Failed")), NOW);
        assertThat(one.status().getConditions()).isEmpty();
        var two = JobPlan.of(job, List.of(at(0, "a", "Failed"), at(3, "b", "Failed")), NOW);
        assertThat(two.status().getFailedIndexes()).isEqualTo("0,3");
        assertThat(two.status().getConditions().getFirst().getReason())
                .isEqualTo("MaxFailedIndexesExceeded");
    }

    /// An indexed job whose completions follow its parallelism may shrink; what ended well beyond
    /// the new end counts no more.
    @Test
    void anElasticJobShrinks() {
        var job = indexed(5, 5);
        job.getStatus().setCompletedIndexes("0,4");
        job.getStatus().setSucceeded(2);
        job.getSpec().setCompletions(3);
        job.getSpec().setParallelism(3);
        var plan = JobPlan.of(job, List.of(at(1, "b", "Running"), at(3, "d", "Running")), NOW);
        assertThat(plan.status().getCompletedIndexes()).isEqualTo("0");
        assertThat(plan.status().getSucceeded()).isEqualTo(1);
        assertThat(plan.dismiss()).extracting(p -> p.getMetadata().getName()).containsExactly("d");
        assertThat(plan.make())
                .extracting(p -> p.getMetadata().getLabels().get(JobPods.INDEX))
                .containsExactly("2");
    }

    private static Job policed(Job job, String rule) {
        var words = List.of(rule.split(" ", -1));
        var policy = new JobBuilder(job).editSpec().withNewPodFailurePolicy().addNewRule();
        var ruled = policy.withAction(words.getLast());
        if (words.getFirst().equals("drain")) {
            ruled.addNewOnPodCondition()
                    .withType("DisruptionTarget")
                    .withStatus("True")
                    .endOnPodCondition();
        } else {
            ruled.withNewOnExitCodes()
                    .withOperator(words.getFirst())
                    .withValues(Integer.valueOf(words.get(1)))
                    .endOnExitCodes();
        }
        return ruled.endRule().endPodFailurePolicy().endSpec().build();
    }

    private static Pod ended(Pod pod, int exit, boolean drained) {
        var builder =
                new PodBuilder(pod)
                        .editStatus()
                        .addNewContainerStatus()
                        .withName("main")
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(exit)
                        .withFinishedAt(NOW.toString())
                        .endTerminated()
                        .endState()
                        .endContainerStatus();
        if (drained) {
            builder.addNewCondition()
                    .withType("DisruptionTarget")
                    .withStatus("True")
                    .endCondition();
        }
        return builder.endStatus().build();
    }
}
