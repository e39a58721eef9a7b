package dev.flotilla.registry.kinds.batch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// When a CronJob is due, as five fields or a word: `*/5 0-6 * * mon`, `@hourly`, `@every 90s`.
/// Says why a text is no such thing, in the words of the parser that Kubernetes uses.
final class CronSchedules {
    private static final Set<String> WORDS =
            Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final String EVERY = "@every ";
    private static final Pattern DURATION =
            Pattern.compile("[+-]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h))+)");

    /// Numbers with units that are known, and then one with another unit or none.
    private static final Pattern UNIT =
            Pattern.compile(
                    "[+-]?(?:(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:ns|us|µs|ms|s|m|h)(?![^0-9.]))*+"
                            + "(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)([^0-9.]*)");

    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");
    private static final List<String> DAYS =
            List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<Field> FIELDS =
            List.of(
                    new Field(0, 59, List.of()),
                    new Field(0, 23, List.of()),
                    new Field(1, 31, List.of()),
                    new Field(1, 12, MONTHS),
                    new Field(0, 6, DAYS));

    private CronSchedules() {}

    /// @param names that stand for numbers, the first one for `least`
    private record Field(int least, int most, List<String> names) {}

    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed(String why) {
            super(why);
        }
    }

    /// Why the schedule can't be read.
    static Optional<String> refusal(String schedule) {
        try {
            check(withoutZone(schedule));
            return Optional.empty();
        } catch (Malformed e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// A zone in front is refused elsewhere, with better advice, unless it is none.
    private static String withoutZone(String schedule) {
        if (!schedule.startsWith("TZ=") && !schedule.startsWith("CRON_TZ=")) {
            return schedule;
        }
        int end = schedule.indexOf(' ');
        var zone = schedule.substring(schedule.indexOf('=') + 1, Math.max(end, 0));
        if (!zone.isEmpty() && !zone.equals("Local") && !TimeZones.known(zone)) {
            throw new Malformed(
                    "provided bad location %s: unknown time zone %s".formatted(zone, zone));
        }
        return end < 0 ? "" : schedule.substring(end).strip();
    }

    private static void check(String schedule) {
        if (schedule.startsWith("@")) {
            word(schedule);
            return;
        }
        var parts = schedule.isBlank() ? new String[0] : schedule.strip().split("\\s+");
        if (parts.length != FIELDS.size()) {
            throw new Malformed(
                    "expected exactly 5 fields, found %d: [%s]"
                            .formatted(parts.length, String.join(" ", parts)));
        }
        for (int i = 0; i < parts.length; i++) {
            for (var range : parts[i].split(",")) {
                if (!range.isEmpty()) {
                    range(range, FIELDS.get(i));
                }
            }
        }
    }

    private static void word(String schedule) {
        if (WORDS.contains(schedule)) {
            return;
        }
        if (!schedule.startsWith(EVERY)) {
            throw new Malformed("unrecognized descriptor: " + schedule);
        }
        var duration = schedule.substring(EVERY.length());
        if (!DURATION.matcher(duration).matches()) {
            throw new Malformed(
                    "failed to parse duration %s: time: %s duration \"%s\""
                            .formatted(schedule, fault(duration), duration));
        }
    }

    /// What of a duration can't be read.
    private static String fault(String duration) {
        var unit = UNIT.matcher(duration);
        if (!unit.lookingAt()) {
            return "invalid";
        }
        return unit.group(1).isEmpty()
                ? "missing unit in"
                : "unknown unit \"%s\" in".formatted(unit.group(1));
    }

    /// `*`, `3`, `mon-fri`, `*/5`, `10-40/5`.
    private static void range(String text, Field field) {
        var steps = text.split("/", -1);
        var limits = steps[0].split("-", -1);
        long first = field.least();
        long last = field.most();
        if (!limits[0].equals("*") && !limits[0].equals("?")) {
            first = value(limits[0], field);
            if (limits.length > 2) {
                throw new Malformed("too many hyphens: " + text);
            }
            last = limits.length == 2 ? value(limits[1], field) : first;
        }
        long step = 1;
        if (steps.length > 2) {
            throw new Malformed("too many slashes: " + text);
        } else if (steps.length == 2) {
            step = number(steps[1]);
            last = limits.length == 1 ? field.most() : last;
        }
        if (first < field.least()) {
            throw new Malformed(
                    "beginning of range (%d) below minimum (%d): %s"
                            .formatted(first, field.least(), text));
        }
        if (last > field.most()) {
            throw new Malformed(
                    "end of range (%d) above maximum (%d): %s".formatted(last, field.most(), text));
        }
        if (first > last) {
            throw new Malformed(
                    "beginning of range (%d) beyond end of range (%d): %s"
                            .formatted(first, last, text));
        }
        if (step == 0) {
            throw new Malformed("step of range should be a positive number: " + text);
        }
    }

    private static long value(String text, Field field) {
        int named = field.names().indexOf(text.toLowerCase(Locale.ROOT));
        return named < 0 ? number(text) : named + field.least();
    }

    private static long number(String text) {
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            var why = text.matches("[+-]?[0-9]+") ? "value out of range" : "invalid syntax";
            throw new Malformed(
                    "failed to parse int from %s: strconv.Atoi: parsing \"%s\": %s"
                            .formatted(text, text, why));
        }
        if (number < 0) {
            throw new Malformed("negative number (%d) not allowed: %s".formatted(number, text));
        }
        return number;
    }
}
