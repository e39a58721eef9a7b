package dev.flotilla.node.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.node.Supply.Stock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

class ImageCleaningTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final StoredImage A = image("a");
    private static final StoredImage B = image("b");
    private static final StoredImage C = image("c");

    @ParameterizedTest
    @CsvSource({
        // total, free, bytes to free
        "1000, 160, 0",
        "1000, 150, 50",
        "1000, 100, 100",
        "1000, 0, 200",
        "1000, 2000, 0",
        "0, 0, 0"
    })
    void cleansAboveEightyFivePercentDownToEighty(long total, long free, long excess) {
        assertThat(ImageCleaning.excess(new Stock(total, free))).isEqualTo(excess);
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() {
        var all = List.of(A, B, C);
        var ages =
                ImageAges.NONE
                        .look(all, Set.of("a"), at(0))
                        .look(all, Set.of("b"), at(60))
                        .look(all, Set.of(), at(120));
        assertThat(ages.removable(all, Set.of(), Set.of(), at(120))).containsExactly(C, A, B);
    }

    @Test
    void whatIsUsedStaysAndWhatIsNamed() {
        var ages = ImageAges.NONE.look(List.of(A, B, C), Set.of("a"), at(0));
        assertThat(ages.removable(List.of(A, B, C), Set.of("a"), Set.of("b:1"), at(0)))
                .containsExactly(C);
    }

    @Test
    void aNewImageHasTwoMinutes() {
        var ages =
                ImageAges.NONE
                        .look(List.of(A), Set.of(), at(0))
                        .look(List.of(A, B), Set.of(), at(10));
        assertThat(ages.removable(List.of(A, B), Set.of(), Set.of(), at(129))).containsExactly(A);
        assertThat(ages.removable(List.of(A, B), Set.of(), Set.of(), at(130)))
                .containsExactly(A, B);
    }

    private static Instant at(long seconds) {
        return NOW.plus(Duration.ofSeconds(seconds));
    }

    private static StoredImage image(String name) {
        return new StoredImage(name, List.of(name + ":1"), List.of(), 10);
    }
}
