package dev.flotilla.registry.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.core.JacksonException;

class BodyParserTest {
    @Test
    void tellsFieldsThatComeTwice() {
        var parsed =
                BodyParser.json(
                        """
                        {"spec": {"replicas": 1, "replicas": 2, "c": [{"n": "a"}, {"n": 1, "n": 2}]}}
                        """
                                .getBytes(UTF_8));
        assertThat(parsed.duplicates().fields()).containsExactly("spec.replicas", "spec.c[1].n");
        assertThat(parsed.tree().path("spec").path("replicas").intValue()).isEqualTo(2);
    }

    @Test
    void readsYaml() {
        var parsed =
                BodyParser.yaml(
                        """
                        spec:
                          replicas: 3
                          on: "yes"
                          args: []
                          containers:
                          - name: a
                          - {name: b, tty: true, share: 0.5}
                        """
                                .getBytes(UTF_8));
        assertThat(parsed.duplicates()).isEqualTo(Duplicates.NONE);
        assertThat(parsed.tree().toString())
                .isEqualTo(
                        "{\"spec\":{\"replicas\":3,\"on\":\"yes\",\"args\":[],\"containers\":["
                            + "{\"name\":\"a\"},{\"name\":\"b\",\"tty\":true,\"share\":0.5}]}}");
    }

    @Test
    void tellsInYamlOnWhichLine() {
        var parsed = BodyParser.yaml("a:\n  b: 1\n  b: 2\n".getBytes(UTF_8));
        assertThat(parsed.duplicates().lines())
                .containsExactly("line 3: key \"b\" already set in map");
        assertThat(parsed.tree()).hasToString("{\"a\":{\"b\":2}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":1} x", "{\"a\":1}{}", "{\"a\"}", "[1,]", "nul"})
    void refusesWhatIsNoJson(String body) {
        assertThatThrownBy(() -> BodyParser.json(body.getBytes(UTF_8)))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void refusesADeepNest() {
        var body = "[".repeat(100_000) + "]".repeat(100_000);
        assertThatThrownBy(() -> BodyParser.json(body.getBytes(UTF_8)))
                .isInstanceOf(JacksonException.class);
    }
}
