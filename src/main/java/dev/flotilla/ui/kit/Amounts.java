package dev.flotilla.ui.kit;

import java.time.Duration;
import java.util.Locale;

/// Amounts in words as kubectl and people write them.
public final class Amounts {
    private static final double KIB = 1024;

    private Amounts() {}

    /// `1.1 GiB`, `350 MiB`.
    public static String bytes(long bytes) {
        var units = new String[] {"B", "KiB", "MiB", "GiB", "TiB"};
        double amount = bytes;
        int unit = 0;
        while (amount >= KIB && unit < units.length - 1) {
            amount /= KIB;
            unit++;
        }
        return String.format(
                Locale.ROOT, amount < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", amount, units[unit]);
    }

    /// `250m`, `1.5`.
    public static String cpu(long millis) {
        return millis < 1000
                ? millis + "m"
                : String.format(Locale.ROOT, millis % 1000 == 0 ? "%.0f" : "%.1f", millis / 1000.0);
    }

    /// `62%`, or `–` below 0.
    public static String percent(double share) {
        return share < 0 ? "–" : Math.round(share * 100) + "%";
    }

    /// As kubectl's AGE: `45s`, `5m`, `3h`, `2d`.
    public static String age(Duration age) {
        long s = Math.max(0, age.toSeconds());
        if (s < 120) {
            return s + "s";
        }
        if (s < 7200) {
            return s / 60 + "m";
        }
        return s < 172_800 ? s / 3600 + "h" : s / 86_400 + "d";
    }
}
