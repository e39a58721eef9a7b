package dev.flotilla.schedule.filter;

import java.util.Locale;

/// Amounts in words for people.
final class Quantities {
    private static final long MEBI = 1024 * 1024;

    private Quantities() {}

    /// Such as `1.2`: cores, rounded to hundredths.
    static String cores(long millis) {
        long hundredths = Math.max(0, millis + 5) / 10;
        var rest = hundredths % 100;
        var fraction =
                rest == 0
                        ? ""
                        : rest % 10 == 0 ? "." + rest / 10 : rest < 10 ? ".0" + rest : "." + rest;
        return hundredths / 100 + fraction;
    }

    static String bytes(long bytes) {
        long most = Math.max(0, bytes);
        return most < 1024 * MEBI
                ? (most + MEBI / 2) / MEBI + " MiB"
                : String.format(Locale.ROOT, "%.1f GiB", most / (1024.0 * MEBI));
    }
}
