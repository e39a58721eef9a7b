package dev.flotilla.node.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "busybox, docker.io/library/busybox, busybox:latest",
        "busybox:1.36, docker.io/library/busybox, busybox:1.36",
        "a/b, docker.io/a/b, a/b:latest",
        "docker.io/a/b:c, docker.io/a/b, a/b:c",
        "index.docker.io/a/b, docker.io/a/b, a/b:latest",
        "docker.io/busybox, docker.io/library/busybox, busybox:latest",
        "localhost/a, localhost/a, localhost/a:latest",
        "localhost:5000/a/b/c:1, localhost:5000/a/b/c, localhost:5000/a/b/c:1",
        "10.0.0.1:5000/web, 10.0.0.1:5000/web, 10.0.0.1:5000/web:latest",
        "ghcr.io/Org/x, '', ''",
        "a__b-c.d:T_1, docker.io/library/a__b-c.d, a__b-c.d:T_1"
    })
    void takesNamesApart(String text, String repository, String familiar) {
        if (repository.isEmpty()) {
            assertThatThrownBy(() -> ImageName.parse(text))
                    .hasMessage(
                            "invalid reference format: repository name (Org/x) must be lowercase");
            return;
        }
        assertThat(ImageName.parse(text).repository()).isEqualTo(repository);
        assertThat(ImageName.parse(text).familiar()).isEqualTo(familiar);
    }

    @Test
    void aDigestTakesTheTagsPlace() {
        var name = ImageName.parse("quay.io/a/b@" + DIGEST);
        assertThat(name.digest()).isEqualTo(DIGEST);
        assertThat(name.tag()).isEmpty();
        assertThat(name.familiar()).isEqualTo("quay.io/a/b@" + DIGEST);
        assertThat(ImageName.withTag("quay.io/a/b@" + DIGEST)).endsWith(DIGEST);
        assertThat(ImageName.withTag("a:5000/b")).isEqualTo("a:5000/b:latest");
    }

    @ParameterizedTest
    @CsvSource({
        "'', invalid reference format",
        "a b, invalid reference format",
        "a:, invalid reference format",
        "-a, invalid reference format",
        "a//b, invalid reference format",
        "a@sha256:12, invalid reference format",
        "Web, invalid reference format: repository name (library/Web) must be lowercase"
    })
    void refusesInDockersWords(String text, String words) {
        assertThatThrownBy(() -> ImageName.parse(text)).hasMessage(words);
    }
}
