package dev.flotilla.traffic.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.traffic.Scenes;
import dev.flotilla.traffic.plan.Picture;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Where a node sends packets.
class NodePathsTest {
    @Test
    void toPodsServicesAndAddressesOutside() {
        assertThat(paths("n1").routes())
                .isEqualTo(
                        """
                        route replace local 10.43.0.0/16 dev lo proto 142
                        route replace local 203.0.113.9/32 dev lo proto 142
                        route replace 10.42.2.0/24 via 10.99.0.12 proto 142
                        """);
        assertThat(paths("n2").routes())
                .isEqualTo(
                        """
                        route replace local 10.43.0.0/16 dev lo proto 142
                        route replace local 198.51.100.12/32 dev lo proto 142
                        route replace local 203.0.113.9/32 dev lo proto 142
                        route replace 10.42.1.0/24 via 10.99.0.11 proto 142
                        """);
    }

    @Test
    void whatIsNoMoreGoes() {
        var alone =
                new Picture(
                        List.of(),
                        List.of(),
                        Scenes.picture("outside").nodes().subList(0, 1),
                        List.of(),
                        List.of(),
                        List.of());
        var after = NodePaths.of(alone, "n1", "10.42.0.0/16", "10.43.0.0/16");
        assertThat(after.removals(paths("n1")))
                .isEqualTo(
                        """
                        route del local 203.0.113.9/32 dev lo proto 142
                        route del 10.42.2.0/24 proto 142
                        """);
    }

    @Test
    void podsHideFromTheWorldOnly() {
        assertThat(paths("n1").masquerading())
                .contains(
                        "ip saddr 10.42.1.0/24 ip daddr != { 10.42.0.0/16, 10.43.0.0/16,"
                                + " 10.99.0.11, 10.99.0.12 } masquerade");
        assertThat(paths("elsewhere").masquerading()).doesNotContain("masquerade");
    }

    private static NodePaths paths(String node) {
        return NodePaths.of(Scenes.picture("outside"), node, "10.42.0.0/16", "10.43.0.0/16");
    }
}
