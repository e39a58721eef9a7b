package dev.flotilla.traffic.haproxy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What the proxy tells of one connection or request. Nothing that a client chose stands in it but
/// its address.
///
/// @param begun when it came
/// @param client its address
/// @param front of the listener that took it
/// @param server the name of the endpoint; empty when none got it
/// @param status of HTTP's answer, where requests are understood
/// @param queued how long it waited for an endpoint
/// @param connected how long connecting took; empty when that failed
/// @param answered until the first byte of the answer, where requests are understood
/// @param total how long all took
/// @param received bytes from the client
/// @param sent bytes to it
/// @param end HAProxy's two letters of who ended it and where it was; `--` for as it should be
/// @param retries how often another connection was tried
public record LogLine(
        Instant begun,
        String client,
        String front,
        String backend,
        String server,
        OptionalInt status,
        Optional<Duration> queued,
        Optional<Duration> connected,
        Optional<Duration> answered,
        Duration total,
        long received,
        long sent,
        String end,
        int retries) {
    private static final int WORDS = 15;

    /// For the configuration. Fifteen words, one a space.
    static final String TCP = "F1 %Ts.%ms %ci %f %b %s -1 %Tw %Tc -1 %Tt %U %B %ts %rc";

    static final String HTTP = "F1 %Ts.%ms %ci %f %b %s %ST %Tw %Tc %Tr %Ta %U %B %ts %rc";

    /// Empty when it is none of ours.
    public static Optional<LogLine> parse(String line) {
        int at = line.indexOf("F1 ");
        var words = at < 0 ? new String[0] : line.substring(at).strip().split(" ", -1);
        if (words.length != WORDS) {
            return Optional.empty();
        }
        try {
            int status = Integer.parseInt(words[6]);
            return Optional.of(
                    new LogLine(
                            instant(words[1]),
                            words[2],
                            words[3],
                            words[4],
                            words[5].startsWith("<") ? "" : words[5],
                            status > 0 ? OptionalInt.of(status) : OptionalInt.empty(),
                            millis(words[7]),
                            millis(words[8]),
                            millis(words[9]),
                            millis(words[10]).orElse(Duration.ZERO),
                            Long.parseLong(words[11]),
                            Long.parseLong(words[12]),
                            words[13].substring(0, 2),
                            Integer.parseInt(words[14].replace("+", ""))));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(String text) {
        int dot = text.indexOf('.');
        return Instant.ofEpochSecond(Long.parseLong(text.substring(0, dot)))
                .plusMillis(Long.parseLong(text.substring(dot + 1)));
    }

    /// Less than none says that it did not come to that; a `+` that it goes on.
    private static Optional<Duration> millis(String text) {
        long millis = Long.parseLong(text.replace("+", ""));
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }
}
