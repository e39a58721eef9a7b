package dev.flotilla.node.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.node.ContainerSpec.Limits;
import dev.flotilla.node.Pods;
import dev.flotilla.node.plan.ContainerSpecs.Host;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;

import org.junit.jupiter.api.Test;

/// What a container may take of its node.
class ShareTest {
    private static final Host FREE = new Host("192.0.2.1", 4_000, 8L << 30, false, 0);
    private static final Host BOUNDED = new Host("192.0.2.1", 4_000, 8L << 30, false, 100);

    @Test
    void isNotBoundedByItself() {
        var web = Pods.container("web");
        assertThat(Share.of(Pods.pod("Always", "web"), web, FREE)).isEqualTo(Limits.NONE);
        assertThat(Share.of(Pods.pod("Always", "web"), web, BOUNDED).pids()).isEqualTo(100);
    }

    @Test
    void followsRequestsAndLimits() {
        var web =
                new ContainerBuilder(Pods.container("web"))
                        .withNewResources()
                        .addToRequests("cpu", new Quantity("500m"))
                        .addToLimits("cpu", new Quantity("2"))
                        .addToLimits("memory", new Quantity("64Mi"))
                        .endResources()
                        .build();
        assertThat(Share.of(Pods.pod("Always", "web"), web, BOUNDED))
                .isEqualTo(new Limits(2_000, 512, 64L << 20, 0, 100));
    }
}
