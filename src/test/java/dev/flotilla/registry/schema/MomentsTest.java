package dev.flotilla.registry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.format.DateTimeFormatter;

class MomentsTest {
    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01T00:00:00Z", "1999-12-28T23:59:59Z", "0000-10-10T10:10:10Z"})
    void aTimeAsMostAreWritten(String text) {
        assertThat(Moments.plain(text)).isTrue();
        assertThat(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-01",
                "2026-02-30T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:60Z",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00z",
                "2026-01-01T00:00:0xZ",
                "2026-01-01T00:00:00+01:00",
                "2026-01-01T00:00:00.5Z"
            })
    void anythingElseIsLookedAtMoreClosely(String text) {
        assertThat(Moments.plain(text)).isFalse();
    }
}
