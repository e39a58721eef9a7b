package dev.flotilla.node.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DockerConfigTest {
    @Test
    void readsWhatDockerAndKubectlWrite() {
        var config =
                DockerConfig.parse(
                        """
                        {"auths": {
                           "https://index.docker.io/v1/": {"auth": "bWU6aHVzaA=="},
                           "reg.io": {"username": "a", "password": "b", "email": "c@d"},
                           "both.io": {"username": "a", "password": "b", "auth": "bWU6aDp1c2g"},
                           "token.io": {"identitytoken": "t"},
                           "kept.io": {}},
                         "credHelpers": {"gcr.io": "gcloud"}, "credsStore": "pass"}
                        """);
        assertThat(config.logins())
                .containsExactlyInAnyOrder(
                        new RegistryLogin("https://index.docker.io/v1/", "me", "hush"),
                        new RegistryLogin("reg.io", "a", "b"),
                        new RegistryLogin("both.io", "me", "h:ush"),
                        new RegistryLogin("token.io", "", "", "t"));
        assertThat(config.helpers()).containsEntry("gcr.io", "gcloud");
        assertThat(config.store()).isEqualTo("pass");
    }

    @Test
    void readsTheOlderForm() {
        assertThat(DockerConfig.parseOld("{\"reg.io\": {\"auth\": \"bWU6aHVzaA==\"}}").logins())
                .containsExactly(new RegistryLogin("reg.io", "me", "hush"));
    }

    @Test
    void aDamagedOneIsToldWithoutItsContent() {
        assertThatThrownBy(() -> DockerConfig.parse("{\"auths\": hush"))
                .hasMessage("it is no JSON object");
        assertThatThrownBy(
                        () ->
                                DockerConfig.parse(
                                        "{\"auths\": {\"reg.io\": {\"auth\": \"hush!\"}}}"))
                .hasMessageContaining("reg.io")
                .hasMessageNotContaining("hush");
    }
}
