package dev.flotilla.traffic.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What the proxy's lines tell.
class LogLineTest {
    @Test
    void aRequest() {
        assertThat(
                        LogLine.parse(
                                "<134>F1 1795339353.087 10.42.1.9 svc:a:b:80 svc:a:b:80"
                                        + " web_10.42.1.5:8080 503 1 0 +20 25 38 115 sH +2\n"))
                .contains(
                        new LogLine(
                                Instant.ofEpochMilli(1_795_339_353_087L),
                                "10.42.1.9",
                                "svc:a:b:80",
                                "svc:a:b:80",
                                "web_10.42.1.5:8080",
                                OptionalInt.of(503),
                                Optional.of(Duration.ofMillis(1)),
                                Optional.of(Duration.ZERO),
                                Optional.of(Duration.ofMillis(20)),
                                Duration.ofMillis(25),
                                38,
                                115,
                                "sH",
                                2));
    }

    @Test
    void aConnectionThatCameNowhere() {
        var line = LogLine.parse("F1 1795339353.052 10.42.1.9 f b <NOSRV> -1 -1 -1 -1 5 0 0 SC 0");
        assertThat(line)
                .hasValueSatisfying(
                        l -> {
                            assertThat(l.server()).isEmpty();
                            assertThat(l.status()).isEmpty();
                            assertThat(l.connected()).isEmpty();
                            assertThat(l.end()).isEqualTo("SC");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Server svc:default:web:80/b is UP/READY (leaving forced maintenance).",
                "F1 1 2 3",
                "F1 x.1 10.42.1.9 f b s -1 -1 -1 -1 5 0 0 SC 0",
                "F1 1795339353 10.42.1.9 f b s -1 -1 -1 -1 5 0 0 SC 0",
                "F1 1795339353.052 10.42.1.9 f b s -1 -1 -1 -1 5 0 0 S 0"
            })
    void noneOfThose(String line) {
        assertThat(LogLine.parse(line)).isEmpty();
    }
}
