package dev.flotilla.node.sync;

import java.math.BigDecimal;
import java.time.Duration;

/// Durations as Kubernetes' own programs print them, in whole milliseconds: `850ms`, `1.2s`,
/// `1m5.02s`.
final class GoTime {
    private GoTime() {}

    static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        if (millis < 1000) {
            return millis + "ms";
        }
        long hours = millis / 3_600_000;
        long minutes = millis / 60_000 % 60;
        var seconds =
                BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString() + "s";
        var inHour = minutes > 0 || hours > 0 ? minutes + "m" + seconds : seconds;
        return hours > 0 ? hours + "h" + inHour : inHour;
    }
}
