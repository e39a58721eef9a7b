package dev.flotilla.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

class PodTokenTest {
    @Test
    void isSignedOnceAndOnlyWhenItIsRead() {
        var signed = new AtomicInteger();
        var token = new PodToken(() -> "signature " + signed.incrementAndGet());
        assertThat(token).hasToString("a token").isEqualTo(token);
        assertThat(signed).hasValue(0);
        assertThat(token.text()).isEqualTo("signature 1");
        assertThat(token.text()).isEqualTo("signature 1");
    }
}
