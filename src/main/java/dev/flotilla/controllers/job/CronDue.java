package dev.flotilla.controllers.job;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a CronJob is due.
///
/// @param at the newest time that is due; those it missed before are not made up for
/// @param missed how many times are due, counted to [#MANY]
/// @param late whether it is too late to start for it
/// @param next when it is due again
record CronDue(Optional<Instant> at, int missed, boolean late, Optional<Instant> next) {
    /// So many times missed are told of.
    static final int MANY = 100;

    static CronDue of(CronJob cron, CronSchedule schedule, Instant now) {
        var limit = cron.getSpec().getStartingDeadlineSeconds();
        var earliest = since(cron);
        if (limit != null && now.minusSeconds(limit).isAfter(earliest)) {
            earliest = now.minusSeconds(limit);
        }
        var from = earliest;
        var at = schedule.last(now).filter(from::isBefore);
        boolean late =
                at.isPresent()
                        && limit != null
                        && at.get().plus(Duration.ofSeconds(limit)).isBefore(now);
        return new CronDue(at, missed(schedule, from, now), late, schedule.next(now));
    }

    /// When it last started a job, or when it was made.
    static Instant since(CronJob cron) {
        var status = cron.getStatus();
        var last = status == null ? null : status.getLastScheduleTime();
        var made = cron.getMetadata().getCreationTimestamp();
        return Instant.parse(last == null ? made : last);
    }

    private static int missed(CronSchedule schedule, Instant since, Instant now) {
        int missed = 0;
        var next = schedule.next(since);
        while (next.isPresent() && !next.get().isAfter(now) && missed <= MANY) {
            missed++;
            next = schedule.next(next.get());
        }
        return missed;
    }
}
