package dev.flotilla.registry.table;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// Durations as kubectl shortens them: two digits that matter.
public final class Ages {
    private Ages() {}

    /// The time since an RFC 3339 timestamp, or `<unknown>`.
    public static String since(String timestamp, Instant now) {
        if (timestamp.isEmpty()) {
            return "<unknown>";
        }
        try {
            return human(Duration.between(Instant.parse(timestamp), now));
        } catch (DateTimeParseException e) {
            return "<unknown>";
        }
    }

    /// Such as `95s`, `7m12s`, `3h`, `2d4h`, `41d`, `3y120d`.
    public static String human(Duration age) {
        long s = age.toSeconds();
        if (s < -1) {
            return "<invalid>";
        }
        if (s < 0) {
            return "0s";
        }
        if (s < 120) {
            return s + "s";
        }
        long m = s / 60;
        if (m < 10) {
            return m + "m" + unless0(s % 60, "s");
        }
        if (m < 180) {
            return m + "m";
        }
        long h = m / 60;
        if (h < 8) {
            return h + "h" + unless0(m % 60, "m");
        }
        if (h < 48) {
            return h + "h";
        }
        long d = h / 24;
        if (d < 8) {
            return d + "d" + unless0(h % 24, "h");
        }
        if (d < 730) {
            return d + "d";
        }
        long y = d / 365;
        return y < 8 ? y + "y" + unless0(d % 365, "d") : y + "y";
    }

    private static String unless0(long rest, String unit) {
        return rest == 0 ? "" : rest + unit;
    }
}
