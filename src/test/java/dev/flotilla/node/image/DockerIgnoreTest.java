package dev.flotilla.node.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class DockerIgnoreTest {
    @ParameterizedTest
    @CsvSource({
        "*/temp*, a/temporary.txt, true",
        "*/temp*, a/b/temporary.txt, false",
        "*/*/temp*, a/b/temporary.txt, true",
        "temp?, tempa, true",
        "temp?, temp, false",
        "**/*.go, a/b/c.go, true",
        "**/*.go, c.go, true",
        "*.go, a/c.go, false",
        "/node_modules/, node_modules/a/b, true",
        "a/../b, b/c, true",
        "a/**, a/b/c, true",
        "a/**/c, a/c, true",
        "a/**/c, a/x/y/c, true",
        "[a-c].txt, b.txt, true",
        "a\\*b, a*b, true",
        "a\\*b, axb, false",
        "foo, foobar, false"
    })
    void matches(String rule, String path, boolean out) {
        assertThat(DockerIgnore.parse(List.of(rule)).keepsOut(path)).isEqualTo(out);
    }

    @Test
    void theLastRuleDecides() {
        var ignore =
                DockerIgnore.parse(
                        List.of("# words", "", "*.md", "!README*.md", "README-secret.md"));
        assertThat(ignore.keepsOut("a.md")).isTrue();
        assertThat(ignore.keepsOut("README-all.md")).isFalse();
        assertThat(ignore.keepsOut("README-secret.md")).isTrue();
    }

    @Test
    void aPatternThatIsNoneIsNamed() {
        assertThatThrownBy(() -> DockerIgnore.parse(List.of("[a"))).hasMessageContaining("[a");
    }
}
