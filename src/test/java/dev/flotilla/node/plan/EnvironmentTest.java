package dev.flotilla.node.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.flotilla.node.Pods;
import dev.flotilla.node.plan.ContainerSpecs.Host;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class EnvironmentTest {
    private static final Host HOST = new Host("192.0.2.1", 4_000, 8L << 30, false, 0);
    private static final Lookup LOOKUP = new Lookups();

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
        "limits.cpu,0,2", // of 1500m, rounded up
        "limits.cpu,1m,1500",
        "requests.cpu,1m,500",
        "limits.memory,1Mi,8192", // the node's, without a limit of its own
        "requests.memory,1,1000",
        "requests.ephemeral-storage,1Gi,2"
    })
    void tellsAPodWhatItMayTake(String resource, String divisor, String value) {
        var container =
                new ContainerBuilder()
                        .withName("web")
                        .withNewResources()
                        .addToLimits("cpu", new Quantity("1500m"))
                        .addToRequests("cpu", new Quantity("500m"))
                        .addToRequests("memory", new Quantity("1000"))
                        .addToRequests("ephemeral-storage", new Quantity("2Gi"))
                        .endResources()
                        .addNewEnv()
                        .withName("X")
                        .withNewValueFrom()
                        .withResourceFieldRef(
                                new ResourceFieldSelector(null, new Quantity(divisor), resource))
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
        return Environment.of(container, pod, "10.42.0.2", HOST, LOOKUP);
    }
}
