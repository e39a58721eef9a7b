package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class HeartTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Heart heart = new Heart(now);

    @Test
    void beatsTwiceASecond() {
        assertThat(heart.beats(now)).isTrue();
        assertThat(heart.beats(now.plusMillis(499))).isFalse();
        assertThat(heart.beats(now.plusMillis(500))).isTrue();
    }

    @Test
    void isSilentAfterTwoSecondsWithoutAnAnswer() {
        answers(Duration.ofMillis(1), 20);
        assertThat(heart.silent(now.plusSeconds(2))).isFalse();
        assertThat(heart.silent(now.plusMillis(2_001))).isTrue();
    }

    @Test
    void isMorePatientWithASlowLink() {
        answers(Duration.ofMillis(900), 20);
        assertThat(heart.silent(now.plusSeconds(4))).isFalse();
        assertThat(heart.silent(now.plusSeconds(17))).isTrue();
    }

    @Test
    void beatsThatHangDoNotPileUp() {
        int begun = 0;
        for (int i = 0; i < 100; i++) {
            now = now.plusMillis(500);
            begun += heart.beats(now) ? 1 : 0;
        }
        assertThat(begun).isEqualTo(4);
        heart.missed();
        assertThat(heart.beats(now.plusMillis(500))).isTrue();
    }

    @Test
    void doesNotJudgeTheTimeThatTheMasterWasAway() {
        heart.awayUntil(now.plusSeconds(3_600));
        assertThat(heart.silent(now.plusSeconds(3_601))).isFalse();
        assertThat(heart.silent(now.plusSeconds(3_603))).isTrue();
    }

    private void answers(Duration after, int times) {
        for (int i = 0; i < times; i++) {
            heart.beats(now);
            heart.answered(now, now.plus(after));
            now = now.plus(after);
        }
    }
}
