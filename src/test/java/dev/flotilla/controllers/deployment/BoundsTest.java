package dev.flotilla.controllers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.Given;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {
    @ParameterizedTest(name = "{0} replicas, surge {1}, unavailable {2}: at most {3}, at least {4}")
    @CsvSource({
        "10, 25%, 25%, 13, 8",
        "4, 25%, 25%, 5, 3",
        "3, 25%, 25%, 4, 3",
        "1, 25%, 25%, 2, 1",
        "10, 3, 0, 13, 10",
        "10, 0, 3, 10, 7",
        "10, 100%, 100%, 20, 0",
        "2, 0%, 10%, 2, 1",
        "2, 0, 9, 2, 0",
        "0, 25%, 25%, 0, 0"
    })
    void sharesAreRoundedAsKubernetesDoes(
            int replicas, String surge, String unavailable, int most, int least) {
        var bounds = Bounds.of(Given.deployment(replicas, surge, unavailable));
        assertThat(bounds.most()).isEqualTo(most);
        assertThat(bounds.least()).isEqualTo(least);
    }
}
