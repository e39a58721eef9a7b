package dev.flotilla.node.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.flotilla.node.Pods;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.Optional;

class EnvironmentTest {
    private static final Lookup LOOKUP =
            new Lookup() {
                @Override
                public Optional<ConfigMap> configMap(String namespace, String name) {
                    return name.equals("colours") && namespace.equals("default")
                            ? Optional.of(new ConfigMapBuilder().addToData("sky", "blue").build())
                            : Optional.empty();
                }

                @Override
                public Optional<Secret> secret(String namespace, String name) {
                    return name.equals("keys")
                            ? Optional.of(new SecretBuilder().addToData("door", "b3Blbg==").build())
                            : Optional.empty();
                }
            };

    @Test
    void putsEnvAfterEnvFromAndExpandsWhatCameBefore() {
        var container =
                new ContainerBuilder()
                        .addNewEnvFrom()
                        .withPrefix("C_")
                        .withNewConfigMapRef("colours", false)
                        .endEnvFrom()
                        .addNewEnvFrom()
                        .withNewSecretRef("keys", false)
                        .endEnvFrom()
                        .addNewEnvFrom()
                        .withNewConfigMapRef("none", true)
                        .endEnvFrom()
                        .addNewEnv()
                        .withName("A")
                        .withValue("$(C_sky) $(later) $$(C_sky)")
                        .endEnv()
                        .addNewEnv()
                        .withName("C_sky")
                        .withValue("grey")
                        .endEnv()
                        .addNewEnv()
                        .withName("EMPTY")
                        .endEnv()
                        .build();
        assertThat(of(container))
                .containsOnly(
                        entry("C_sky", "grey"),
                        entry("door", "open"),
                        entry("A", "blue $(later) $(C_sky)"),
                        entry("EMPTY", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "metadata.name,web",
        "metadata.namespace,default",
        "metadata.uid,uid-1",
        "spec.nodeName,n1",
        "status.podIP,10.42.0.2",
        "status.hostIP,192.0.2.1",
        "metadata.labels['app'],''"
    })
    void tellsAPodAboutItself(String path, String value) {
        var container =
                new ContainerBuilder()
                        .addNewEnv()
                        .withName("X")
                        .withNewValueFrom()
                        .withNewFieldRef("v1", path)
                        .endValueFrom()
                        .endEnv()
                        .build();
        assertThat(of(container)).containsExactly(entry("X", value));
    }

    @ParameterizedTest
    @CsvSource({
        "none,sky,configmap \"none\" not found",
        "colours,grass,couldn't find key grass in ConfigMap default/colours"
    })
    void saysWhatIsMissing(String map, String key, String sentence) {
        assertThatThrownBy(() -> of(keyRef(map, key, false)))
                .isInstanceOf(Environment.Missing.class)
                .hasMessage(sentence);
        assertThat(of(keyRef(map, key, true))).isEmpty();
    }

    private static Container keyRef(String map, String key, boolean optional) {
        return new ContainerBuilder()
                .addNewEnv()
                .withName("X")
                .withNewValueFrom()
                .withNewConfigMapKeyRef(key, map, optional)
                .endValueFrom()
                .endEnv()
                .build();
    }

    private static Map<String, String> of(Container container) {
        var pod = Pods.pod("Always", "web");
        return Environment.of(container, pod, "10.42.0.2", "192.0.2.1", LOOKUP);
    }
}
