package dev.flotilla.controllers.job;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// When a CronJob is due.
sealed interface CronSchedule {
    /// The first time after `after`; empty when there never is one, as on a 30th of February.
    Optional<Instant> next(Instant after);

    /// The last time that is not after `now`.
    Optional<Instant> last(Instant now);

    /// @param zone as the time zone database names it; UTC when it says nothing
    /// @param since from when `@every` counts
    /// @throws Unreadable if text or zone mean nothing
    static CronSchedule of(String text, Optional<String> zone, Instant since) {
        if (text.startsWith(Every.WORD)) {
            return Every.of(text, since);
        }
        try {
            var id = zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone.get());
            return new Fields(ExecutionTime.forCron(Fields.PARSER.parse(Fields.plain(text))), id);
        } catch (DateTimeException e) {
            throw new Unreadable("UnknownTimeZone", "invalid timeZone: \"" + zone.get() + "\"");
        } catch (IllegalArgumentException e) {
            throw new Unreadable(
                    "UnparseableSchedule", "unparseable schedule: \"%s\"".formatted(text));
        }
    }

    /// The schedule can't be followed.
    final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String reason;

        Unreadable(String reason, String message) {
            super(message);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /// Five fields.
    record Fields(ExecutionTime times, ZoneId zone) implements CronSchedule {
        private static final CronDefinition UNIX =
                CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
        static final CronParser PARSER = new CronParser(UNIX);
        private static final Map<String, String> WORDS =
                Map.of(
                        "@yearly", "0 0 1 1 *",
                        "@annually", "0 0 1 1 *",
                        "@monthly", "0 0 1 * *",
                        "@weekly", "0 0 * * 0",
                        "@daily", "0 0 * * *",
                        "@midnight", "0 0 * * *",
                        "@hourly", "0 * * * *");

        /// Words as fields, and `?` as the star that it means to Kubernetes.
        static String plain(String text) {
            var known = WORDS.getOrDefault(text, text);
            return known.replace('?', '*').toUpperCase(Locale.ROOT);
        }

        @Override
        public Optional<Instant> next(Instant after) {
            return times.nextExecution(after.atZone(zone)).map(z -> z.toInstant());
        }

        @Override
        public Optional<Instant> last(Instant now) {
            var soon = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
            return times.lastExecution(soon.atZone(zone)).map(z -> z.toInstant());
        }
    }

    /// At even distances.
    record Every(Duration distance, Instant since) implements CronSchedule {
        static final String WORD = "@every ";
        private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]+)(ms|s|m|h)");
        private static final Map<String, Double> SECONDS =
                Map.of("ms", 0.001, "s", 1.0, "m", 60.0, "h", 3600.0);

        static Every of(String text, Instant since) {
            var parts = PART.matcher(text.substring(WORD.length()));
            double seconds = 0;
            while (parts.find()) {
                seconds +=
                        Double.parseDouble(parts.group(1))
                                * SECONDS.getOrDefault(parts.group(2), 0.0);
            }
            return new Every(Duration.ofSeconds(Math.max(1, (long) seconds)), since);
        }

        @Override
        public Optional<Instant> next(Instant after) {
            return Optional.of(since.plus(distance.multipliedBy(Math.max(0, turns(after)) + 1)));
        }

        @Override
        public Optional<Instant> last(Instant now) {
            long turns = turns(now);
            return turns < 1
                    ? Optional.empty()
                    : Optional.of(since.plus(distance.multipliedBy(turns)));
        }

        private long turns(Instant at) {
            return Math.floorDiv(Duration.between(since, at).toSeconds(), distance.toSeconds());
        }
    }
}
