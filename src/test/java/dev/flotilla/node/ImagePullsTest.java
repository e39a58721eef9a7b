package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/// What becomes of a container's image, on a simulated node.
class ImagePullsTest {
    private static final String PRIVATE = "reg.example:5000/needs-login/web:1";
    private static final String OTHER = "reg.example:5000/needs-login/other:1";

    private final World world = new World(11);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aNameThatIsNoneIsToldInKubernetesWords() {
        pod("web", "Web:1", "IfNotPresent", List.of());
        world.run(Duration.ofSeconds(3));
        var words =
                "Failed to apply default image tag \"Web:1\": couldn't parse image name \"Web:1\":"
                        + " invalid reference format: repository name (library/Web) must be"
                        + " lowercase";
        assertThat(waiting("web").getReason()).isEqualTo("InvalidImageName");
        assertThat(waiting("web").getMessage()).isEqualTo(words);
        assertThat(world.events("web"))
                .contains("InspectFailed: " + words, "Failed: Error: InvalidImageName");
    }

    @Test
    void neverMeansNever() {
        pod("web", "web:1", "Never", List.of());
        world.run(Duration.ofSeconds(3));
        assertThat(waiting("web").getReason()).isEqualTo("ErrImageNeverPull");
        assertThat(waiting("web").getMessage())
                .isEqualTo("Container image \"web:1\" is not present with pull policy of Never");
    }

    @Test
    void aSecretOpensTheRegistryThatItNames() {
        secret("others", "elsewhere.example");
        secret("ours", "*.example:5000");
        secret("exact", "reg.example:5000/needs-login");
        pod("with", PRIVATE, "IfNotPresent", List.of("others", "exact"));
        pod("without", OTHER, "IfNotPresent", List.of("others", "gone"));
        world.run(Duration.ofSeconds(8));
        assertThat(world.ready(world.get("with"))).isEqualTo("True");
        assertThat(waiting("without").getReason()).isEqualTo("ImagePullBackOff");
        assertThat(waiting("without").getMessage())
                .startsWith(
                        "Back-off pulling image \""
                                + OTHER
                                + "\": ErrImagePull: pull access denied");
        assertThat(world.events("without"))
                .contains(
                        "FailedToRetrieveImagePullSecret: Unable to retrieve some image pull"
                                + " secrets (gone); attempting to pull the image may not succeed.")
                .anyMatch(e -> e.startsWith("Failed: Failed to pull image \"" + OTHER + "\": "));
        assertThat(world.events("with"))
                .anyMatch(
                        e ->
                                e.matches(
                                        "Pulled: Successfully pulled image \"\\Q"
                                                + PRIVATE
                                                + "\\E\" in \\S+s \\(\\S+s including waiting\\)\\."
                                                + " Image size: \\d+ bytes\\."));
    }

    private ContainerStateWaiting waiting(String pod) {
        return world.web(pod).getState().getWaiting();
    }

    private void secret(String name, String registry) {
        world.create(
                new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .withType("kubernetes.io/dockerconfigjson")
                        .addToData(
                                ".dockerconfigjson",
                                Base64.getEncoder()
                                        .encodeToString(
                                                "{\"auths\": {\"%s\": {\"username\": \"me\", \"password\": \"hush\"}}}"
                                                        .formatted(registry)
                                                        .getBytes(StandardCharsets.UTF_8)))
                        .build());
    }

    private void pod(String name, String image, String policy, List<String> secrets) {
        var pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(World.NODE)
                        .addNewContainer()
                        .withName("web")
                        .withImage(image)
                        .withImagePullPolicy(policy)
                        .endContainer()
                        .endSpec();
        for (var secret : secrets) {
            pod.editSpec().addNewImagePullSecret(secret).endSpec();
        }
        world.create(pod.build());
    }
}
