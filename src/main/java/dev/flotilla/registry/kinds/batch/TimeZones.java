package dev.flotilla.registry.kinds.batch;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of time zones, such as `Europe/Vienna`.
final class TimeZones {
    private static final Pattern PART = Pattern.compile("(?!-)(?!\\.{1,2}$)[A-Za-z._0-9+-]{1,14}");
    private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();

    private TimeZones() {}

    static boolean known(String zone) {
        return KNOWN.contains(zone);
    }

    /// Why the name won't do.
    static List<String> refusals(String zone) {
        if (zone.isEmpty()) {
            return List.of("timeZone must be nil or non-empty string");
        }
        for (var part : zone.split("/", -1)) {
            if (!PART.matcher(part).matches()) {
                return List.of("unknown time zone " + zone);
            }
        }
        if (zone.equalsIgnoreCase("Local")) {
            var explicit =
                    "timeZone must be an explicit time zone as defined in"
                            + " https://www.iana.org/time-zones";
            return zone.equals("Local")
                    ? List.of(explicit)
                    : List.of(explicit, "unknown time zone " + zone);
        }
        return KNOWN.contains(zone) ? List.of() : List.of("unknown time zone " + zone);
    }
}
