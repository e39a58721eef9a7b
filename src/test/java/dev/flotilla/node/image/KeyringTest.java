package dev.flotilla.node.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.Stream;

/// The cases are those of Kubernetes' documentation of images and of its own keyring.
class KeyringTest {
    @ParameterizedTest
    @CsvSource({
        "kubernetes.io, kubernetes.io/a, true",
        "kubernetes.io, a.kubernetes.io/a, false",
        "*.kubernetes.io, kubernetes.io/a, false",
        "*.kubernetes.io, abc.kubernetes.io/a, true",
        "*.kubernetes.io, abc.def.kubernetes.io/a, false",
        "*.*.kubernetes.io, abc.def.kubernetes.io/a, true",
        "prefix.*.io, prefix.kubernetes.io/a, true",
        "*-good.kubernetes.io, prefix-good.kubernetes.io/a, true",
        "reg.io:5000, reg.io/a, false",
        "reg.io:5000, reg.io:5000/a, true",
        "reg.io/team, reg.io/team/web, true",
        "reg.io/team, reg.io/other/web, false",
        "https://reg.io/v1/, reg.io/x, true",
        "https://reg.io/v2/team, reg.io/team/web, true",
        "https://index.docker.io/v1/, busybox, true",
        "docker.io, a/b, true",
        "https://index.docker.io/v1/, reg.io/busybox, false",
        "[reg.io, reg.io/a, false"
    })
    void fits(String server, String image, boolean fits) {
        var ring = new Keyring(List.of(new RegistryLogin(server, "me", "secret")));
        assertThat(!ring.of(ImageName.parse(image)).isEmpty()).isEqualTo(fits);
    }

    @Test
    void theLongerPathComesFirst() {
        var ring =
                new Keyring(
                        Stream.of("reg.io", "reg.io/team/web", "reg.io/team", "*.io")
                                .map(s -> new RegistryLogin(s, "me", "secret"))
                                .toList());
        assertThat(ring.of(ImageName.parse("reg.io/team/web/x:1")))
                .extracting(RegistryLogin::server)
                .containsExactly("reg.io/team/web", "reg.io/team", "reg.io", "*.io");
    }

    @Test
    void aLoginShowsNothingSecret() {
        assertThat(new RegistryLogin("reg.io", "me", "hush", "hush"))
                .asString()
                .doesNotContain("hush");
    }
}
