package dev.flotilla.node.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class HeartTest {
    private static final Duration LOOK = Duration.ofMillis(250);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Heart heart = new Heart(now);

    @Test
    void beatsTwiceASecond() {
        assertThat(heart.beats(now)).isTrue();
        assertThat(heart.beats(now.plusMillis(499))).isFalse();
        assertThat(heart.beats(now.plusMillis(500))).isTrue();
    }

    @Test
    void isSilentAfterTwoSecondsOfRefusals() {
        answers(Duration.ofMillis(1), 20);
        assertThat(silentAfter(this::refused))
                .isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_250));
    }

    @Test
    void isSilentAfterTwoSecondsOfBeatsThatHang() {
        answers(Duration.ofMillis(1), 20);
        assertThat(silentAfter(this::hangs))
                .isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_250));
    }

    @Test
    void isMorePatientWithASlowLink() {
        answers(Duration.ofMillis(900), 20);
        assertThat(silentAfter(this::refused))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(17));
    }

    @Test
    void anAnswerEndsTheSilence() {
        silentAfter(this::refused);
        answers(Duration.ofMillis(1), 1);
        assertThat(heart.silent(now)).isFalse();
    }

    @Test
    void beatsThatHangDoNotPileUp() {
        int begun = 0;
        for (int i = 0; i < 100; i++) {
            now = now.plusMillis(500);
            if (heart.beats(now)) {
                heart.begun(now);
                begun++;
            }
        }
        assertThat(begun).isEqualTo(4);
        heart.missed(now.minusMillis(48_000));
        assertThat(heart.beats(now.plusMillis(500))).isTrue();
    }

    @Test
    void doesNotTakeTheMastersOwnSleepForSilence() {
        answers(Duration.ofMillis(1), 20);
        now = now.plus(Duration.ofHours(1));
        assertThat(heart.silent(now)).isFalse();
        assertThat(silentAfter(this::refused))
                .isBetween(Duration.ofMillis(1_500), Duration.ofMillis(1_750));
    }

    @Test
    void doesNotJudgeByBeatsThatTheMasterDidNotGetToBegin() {
        answers(Duration.ofMillis(1), 20);
        for (int i = 0; i < 40; i++) {
            now = now.plus(LOOK);
            heart.beats(now);
            assertThat(heart.silent(now)).isFalse();
        }
    }

    /// Looks four times a second until the node is silent.
    private Duration silentAfter(Runnable beat) {
        var start = now;
        do {
            now = now.plus(LOOK);
            if (heart.beats(now)) {
                beat.run();
            }
        } while (!heart.silent(now));
        return Duration.between(start, now);
    }

    private void refused() {
        heart.begun(now);
        heart.missed(now);
    }

    private void hangs() {
        heart.begun(now);
    }

    private void answers(Duration after, int times) {
        for (int i = 0; i < times; i++) {
            heart.beats(now);
            heart.begun(now);
            heart.answered(now, now.plus(after));
            now = now.plus(after);
            heart.silent(now);
        }
    }
}
