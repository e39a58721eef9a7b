package dev.flotilla.node.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

class LayersTest {
    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);
    private static final String C = "sha256:" + "c".repeat(64);

    @Test
    void aChainIsTheDigestOfTheOneBelowAndTheLayer() {
        assertThat(Layers.chains(List.of(A, B)))
                .containsExactly(A, "sha256:" + Layers.sha256(A + " " + B));
    }

    @Test
    void onlyWhatLiesOnAnEqualChainIsThere() {
        var present = Layers.present(List.of(List.of(A, B), List.of(C)));
        assertThat(Layers.missing(List.of(A, B), present)).isEmpty();
        assertThat(Layers.missing(List.of(A, B, C), present)).containsExactly(C);
        assertThat(Layers.missing(List.of(A, C), present)).containsExactly(C);
        assertThat(Layers.missing(List.of(B), present)).containsExactly(B);
        assertThat(Layers.missing(List.of(A, B), Set.of())).containsExactly(A, B);
    }

    @Test
    void aLayerThatIsTwiceInAnImageIsSentIfEitherIsMissing() {
        var present = Layers.present(List.of(List.of(A)));
        assertThat(Layers.missing(List.of(A, A), present)).containsExactly(A);
    }
}
