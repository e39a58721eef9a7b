package dev.flotilla.registry.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "0.5, 500m",
        "1000m, 1",
        "1500m, 1500m",
        "1000, 1k",
        "1024Mi, 1Gi",
        "1536Mi, 1536Mi",
        "0.5Gi, 512Mi",
        "512, 512",
        "1e3, 1e3",
        "12E2, 1200",
        "100000k, 100M",
        "0, 0",
        "-2000, -2k",
        "1Ki, 1Ki",
        "1.5Ki, 1536",
        "0.1Ki, 102400m",
        "100n, 100n",
        ".5, 500m"
    })
    void areWrittenInOneWay(String given, String canonical) {
        assertThat(Quantities.canonical(given)).isEqualTo(canonical);
        assertThat(Quantities.canonical(canonical)).as("again").isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1x", "1 Gi", "--1", "1.2.3", "Gi", "1e", "é"})
    void orAreNone(String given) {
        assertThat(Quantities.parse(given)).isEmpty();
        assertThat(Quantities.canonical(given)).isEqualTo(given);
    }
}
