package dev.flotilla.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.remote.link.Argv;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class PodRoutesTest {
    @Test
    void leadToEveryOtherNodeThatHasAnAddressOfItsOwn() {
        var nodes =
                List.of(
                        node("n1", "10.42.0.0/24", "10.99.0.11"),
                        node("n2", "10.42.1.0/24", "10.99.0.12"),
                        node("here", "10.42.2.0/24", "127.0.0.1"),
                        node("new", null, "10.99.0.14"),
                        node("odd", "10.42.9.0/24", "; reboot"));
        assertThat(PodRoutes.wanted("n1", nodes))
                .containsExactly(Map.entry("10.42.1.0/24", "10.99.0.12"));
    }

    @Test
    void changeOnlyWhatDiffersAndOnlyOurs() {
        var wanted =
                new TreeMap<>(
                        Map.of(
                                "10.42.1.0/24", "10.99.0.12",
                                "10.42.2.0/24", "10.99.0.13",
                                "10.42.3.0/24", "10.99.0.14"));
        var listed =
                """
                10.42.1.0/24 via 10.99.0.12 dev eth0
                10.42.2.0/24 via 10.99.0.99 dev eth0
                10.42.7.0/24 via 10.99.0.17 dev eth0
                """;
        assertThat(PodRoutes.plan(wanted, listed))
                .extracting(Argv::shell)
                .containsExactly(
                        "ip -4 route replace 10.42.2.0/24 via 10.99.0.13 proto 142",
                        "ip -4 route replace 10.42.3.0/24 via 10.99.0.14 proto 142",
                        "ip -4 route del 10.42.7.0/24 proto 142");
    }

    private static Node node(String name, @Nullable String cidr, String address) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withPodCIDR(cidr)
                .endSpec()
                .withNewStatus()
                .addNewAddress(address, "InternalIP")
                .endStatus()
                .build();
    }
}
