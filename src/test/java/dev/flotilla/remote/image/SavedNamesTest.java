package dev.flotilla.remote.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.ZoneOffset;
import java.util.List;

/// Names as an engine of 20.10 wrote them.
class SavedNamesTest {
    private static final String LOW =
            "d050b3b00aff72d654002e45a20598cba44486dc2a0afa47189fa70c24dc1c48";
    private static final String MIDDLE =
            "0e329b91738f2934e02de67bb11d6535b4ffba764016282f13f9d5feeb508ac5";
    private static final String TOP =
            "e9cb4aa70b08bf5a8ba34b4b6532cdfb945932be0a76f17d0c6356bea1b8d07c";
    private static final String LOW_ID =
            "844b3fe7ebb7c0f9e0b132c1f49f12a944dee6c12a391661963baaae41856ef7";
    private static final String MIDDLE_ID =
            "5f2562048ac840dde7c0224d92d6aa79cbfbfe94e7fa0b4a811b9e66e36ed45d";

    @Test
    void areThoseOfOldAndNewEngines() {
        assertThat(SavedNames.of(layers(LOW, MIDDLE, TOP), 2, ZoneOffset.UTC))
                .containsExactlyInAnyOrder(
                        LOW_ID + "/",
                        MIDDLE_ID + "/",
                        "blobs/sha256/" + LOW,
                        "blobs/sha256/" + MIDDLE);
        assertThat(SavedNames.of(layers(LOW, MIDDLE, TOP), 0, ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void dependOnTheZoneInOldEnginesAlone() {
        assertThat(SavedNames.of(layers(LOW, TOP), 1, ZoneOffset.ofHours(-8)))
                .contains("blobs/sha256/" + LOW)
                .doesNotContain(LOW_ID + "/")
                .hasSize(2);
    }

    @Test
    void aLayerThatComesOnceMoreAboveIsKept() {
        assertThat(SavedNames.of(layers(LOW, MIDDLE, LOW), 2, ZoneOffset.UTC))
                .containsExactlyInAnyOrder(MIDDLE_ID + "/", "blobs/sha256/" + MIDDLE);
    }

    private static List<String> layers(String... digests) {
        return List.of(digests).stream().map(d -> "sha256:" + d).toList();
    }
}
