package dev.flotilla.controllers.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When a CronJob starts what.
class CronDueTest {
    private static final Instant MADE = Instant.parse("2026-01-01T00:00:30Z");

    @ParameterizedTest(name = "{0} {1} after {2}: {3}")
    @CsvSource({
        "*/5 * * * *, , 2026-01-01T00:00:30Z, 2026-01-01T00:05:00Z",
        "0 9 * * mon-fri, , 2026-01-02T10:00:00Z, 2026-01-05T09:00:00Z",
        "0 0 13 * 5, , 2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z",
        "0 0 ? 2 *, , 2026-01-01T00:00:00Z, 2026-02-01T00:00:00Z",
        "5/20 * * * *, , 2026-01-01T00:06:00Z, 2026-01-01T00:25:00Z",
        "@hourly, , 2026-01-01T00:06:00Z, 2026-01-01T01:00:00Z",
        "@weekly, , 2026-01-01T00:00:00Z, 2026-01-04T00:00:00Z",
        "@every 90s, , 2026-01-01T00:00:30Z, 2026-01-01T00:02:00Z",
        "@every 1h30m, , 2026-01-01T01:31:00Z, 2026-01-01T03:00:30Z",
        "0 3 * * *, Europe/Berlin, 2026-01-01T00:00:00Z, 2026-01-01T02:00:00Z",
        "0 3 * * *, Europe/Berlin, 2026-07-01T00:00:00Z, 2026-07-01T01:00:00Z",
        "0 3 * * *, America/New_York, 2026-01-01T00:00:00Z, 2026-01-01T08:00:00Z",
    })
    void isDueNext(String text, String zone, Instant after, Instant next) {
        var schedule = CronSchedule.of(text, Optional.ofNullable(zone), MADE);
        assertThat(schedule.next(after)).contains(next);
        assertThat(schedule.last(next)).contains(next);
    }

    @Test
    void aZoneThatIsNone() {
        assertThatThrownBy(() -> CronSchedule.of("* * * * *", Optional.of("Mars/Base"), MADE))
                .isInstanceOf(CronSchedule.Unreadable.class)
                .hasMessage("invalid timeZone: \"Mars/Base\"");
    }

    @Test
    void startsOnceForTheNewestTimeItMissed() {
        var cron = cron("Allow");
        var plan = CronPlan.of(cron, List.of(), MADE.plus(Duration.ofMinutes(3)));
        var start = plan.start().orElseThrow();
        assertThat(start.getMetadata().getName()).isEqualTo("tick-29453763");
        assertThat(start.getMetadata().getAnnotations())
                .containsEntry(CronPlan.SCHEDULED, "2026-01-01T00:03:00Z");
        assertThat(plan.again()).contains(Duration.ofSeconds(30));
        cron.setStatus(plan.started(start));
        assertThat(CronPlan.of(cron, List.of(), MADE.plus(Duration.ofMinutes(3))).start())
                .isEmpty();
    }

    @Test
    void tellsOfManyMissed() {
        var plan = CronPlan.of(cron("Allow"), List.of(), MADE.plus(Duration.ofMinutes(101)));
        assertThat(plan.told())
                .extracting(JobPlan.Told::reason)
                .containsExactly("TooManyMissedTimes");
        assertThat(plan.start()).isPresent();
        assertThat(CronPlan.of(cron("Allow"), List.of(), MADE.plus(Duration.ofMinutes(100))).told())
                .isEmpty();
    }

    @Test
    void pastTheDeadlineItWaitsForTheNext() {
        var cron = cron("Allow");
        cron.getSpec().setSchedule("0 * * * *");
        cron.getSpec().setStartingDeadlineSeconds(60L);
        var hour = Instant.parse("2026-01-01T01:00:00Z");
        assertThat(CronPlan.of(cron, List.of(), hour.plusSeconds(59)).start()).isPresent();
        var late = CronPlan.of(cron, List.of(), hour.plusSeconds(61));
        assertThat(late.start()).isEmpty();
        assertThat(late.again()).contains(Duration.ofSeconds(3539));
    }

    @Test
    void forbidReplaceAndSuspend() {
        var now = MADE.plus(Duration.ofMinutes(1));
        var running = job("old", "");
        for (var policy : List.of("Allow", "Forbid", "Replace")) {
            var cron = cron(policy);
            cron.setStatus(CronPlan.of(cron, List.of(), now).started(running));
            cron.getStatus().setLastScheduleTime(MADE.toString());
            var plan = CronPlan.of(cron, List.of(running), now);
            assertThat(plan.start().isPresent()).isEqualTo(!policy.equals("Forbid"));
            assertThat(plan.replace()).hasSize(policy.equals("Replace") ? 1 : 0);
            if (policy.equals("Replace")) {
                assertThat(plan.started(job("new", "")).getActive()).hasSize(1);
            }
            cron.getSpec().setSuspend(true);
            assertThat(CronPlan.of(cron, List.of(running), now).start()).isEmpty();
        }
    }

    @Test
    void keepsSoMuchHistory() {
        var jobs =
                List.of(
                        job("a", "Complete"),
                        job("b", "Complete"),
                        job("c", "Complete"),
                        job("d", "Complete"),
                        job("e", "Failed"),
                        job("f", "Failed"));
        assertThat(CronPlan.of(cron("Allow"), jobs, MADE).forget())
                .extracting(j -> j.getMetadata().getName())
                .containsExactly("a", "e");
    }

    private static CronJob cron(String policy) {
        return new CronJobBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("tick")
                .withUid("uid-tick")
                .withCreationTimestamp(MADE.toString())
                .endMetadata()
                .withNewSpec()
                .withSchedule("* * * * *")
                .withConcurrencyPolicy(policy)
                .withNewJobTemplate()
                .withNewSpec()
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
    }

    /// @param end empty while it runs
    private static Job job(String name, String end) {
        var job =
                new JobBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(name)
                        .withUid("uid-" + name)
                        .endMetadata()
                        .withNewSpec()
                        .endSpec();
        return end.isEmpty()
                ? job.build()
                : job.withNewStatus()
                        .addNewCondition()
                        .withType(end)
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build();
    }
}
