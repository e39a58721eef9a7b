package dev.flotilla.node.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.node.PodLabels;
import dev.flotilla.node.Pods;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;

class AddressesTest {
    private final Addresses addresses = new Addresses(Cidr.parse("10.42.3.0/29"));

    @Test
    void givesEachPodItsOwnUntilTheNetworkIsFull() {
        var given = new HashSet<String>();
        for (int i = 0; i < 5; i++) {
            given.add(addresses.take("pod-" + i).orElseThrow());
        }
        assertThat(given)
                .containsExactlyInAnyOrder(
                        "10.42.3.2", "10.42.3.3", "10.42.3.4", "10.42.3.5", "10.42.3.6");
        assertThat(addresses.take("pod-5")).isEmpty();
        assertThat(addresses.take("pod-2")).contains("10.42.3.4");
        addresses.release("pod-3");
        assertThat(addresses.take("pod-5")).contains("10.42.3.5");
    }

    @Test
    void goesOnAfterTheLastSoThatAnAddressRests() {
        addresses.take("a");
        addresses.release("a");
        assertThat(addresses.take("b")).contains("10.42.3.3");
    }

    @Test
    void knowsWhatItSawAndSparesStrangers() {
        var ours = Pods.state("web", Pods.running(0));
        var cluster = PodLabels.of(ours, PodLabels.CLUSTER);
        addresses.seen("mine", "10.42.3.4");
        addresses.seen("elsewhere", "10.42.4.2");
        assertThat(addresses.of("mine")).contains("10.42.3.4");
        assertThat(addresses.of("elsewhere")).isEmpty();
        assertThat(addresses.take("next")).contains("10.42.3.5");
        var wide = new Addresses(Cidr.parse("10.42.0.0/24"));
        wide.seen(List.of(ours), "another" + cluster);
        assertThat(wide.take("x")).contains("10.42.0.3");
        wide.seen(List.of(), cluster);
        wide.release("x");
        assertThat(wide.of("uid-1")).isEmpty();
    }

    @Test
    void givesEachNodeItsPartAndTheSameAgain() {
        var cidrs = new PodCidrs("10.42.0.0/22");
        assertThat(cidrs.of("a", List.of())).isEqualTo("10.42.0.0/24");
        assertThat(cidrs.of("b", List.of())).isEqualTo("10.42.1.0/24");
        var nodes = List.of(node("c", "10.42.2.0/24"), node("a", "10.42.0.0/24"));
        assertThat(cidrs.of("c", nodes)).isEqualTo("10.42.2.0/24");
        assertThat(cidrs.of("d", nodes)).isEqualTo("10.42.3.0/24");
        assertThatThrownBy(() -> cidrs.of("e", nodes))
                .hasMessage("node e gets no pod CIDR: all 4 parts of 10.42.0.0/22 are taken");
        cidrs.release("d");
        assertThat(cidrs.of("e", nodes)).isEqualTo("10.42.3.0/24");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.42.0.0",
                "10.42.0.1/24",
                "10.42.0/24",
                "10.42.0.300/24",
                "x/y",
                "1.1.1.1/40"
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Node node(String name, String cidr) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withPodCIDR(cidr)
                .endSpec()
                .build();
    }
}
