package dev.flotilla.remote.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.core.DockerClientConfig;

import dev.flotilla.node.ContainerRuntime.Death;
import dev.flotilla.node.ContainerRuntime.Happening;
import dev.flotilla.node.PodNetwork;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/// Docker's words about containers and networks, read and said without an engine.
class DockerWordsTest {
    private static final PodNetwork WANTED = new PodNetwork("10.42.3.0/24", "10.42.0.0/16");

    @Test
    void aDeathIsToldWithItsExitCodeAndTime() throws IOException {
        assertThat(
                        happening(
                                """
                                {"Type":"container","Action":"die","time":1700000000,
                                 "timeNano":1700000000123456789,
                                 "Actor":{"ID":"c1","Attributes":
                                  {"io.kubernetes.pod.uid":"u1","exitCode":"137"}}}
                                """))
                .isEqualTo(
                        new Happening(
                                "u1",
                                new Death(
                                        "c1", 137, Instant.ofEpochSecond(1700000000, 123456789))));
        assertThat(
                        happening(
                                """
                                {"Type":"container","Action":"start",
                                 "Actor":{"ID":"c1","Attributes":{"io.kubernetes.pod.uid":"u1"}}}
                                """))
                .isEqualTo(new Happening("u1"));
    }

    private static Happening happening(String json) throws IOException {
        var mapper = DockerClientConfig.getDefaultObjectMapper();
        return EventStream.happening(mapper.readValue(json, Event.class), false);
    }

    @Test
    void newEnginesAreToldToLetRoutedTrafficIn() {
        assertThat(PodBridge.options("20.10.24"))
                .containsExactly(Map.entry("com.docker.network.bridge.name", "flotilla0"));
        assertThat(PodBridge.options("28.5.2"))
                .containsEntry("com.docker.network.bridge.gateway_mode_ipv4", "nat-unprotected");
    }

    @Test
    void aNetworkIsMadeAnewOnlyIfItDiffers() throws IOException {
        var options = PodBridge.options("20.10.24");
        assertThat(PodBridge.difference(network("10.42.3.0/24"), WANTED, options)).isEmpty();
        assertThat(PodBridge.difference(network("10.42.4.0/24"), WANTED, options))
                .contains("its subnet is 10.42.4.0/24, not 10.42.3.0/24");
        assertThat(PodBridge.difference(network("10.42.3.0/24"), WANTED, PodBridge.options("28.0")))
                .hasValueSatisfying(d -> assertThat(d).contains("gateway_mode_ipv4"));
        assertThat(PodBridge.gateway("10.42.3.0/24")).isEqualTo("10.42.3.1");
    }

    private static Network network(String subnet) throws IOException {
        return DockerClientConfig.getDefaultObjectMapper()
                .readValue(
                        """
                        {"Name":"flotilla","IPAM":{"Config":[{"Subnet":"%s"}]},
                         "Options":{"com.docker.network.bridge.name":"flotilla0"}}
                        """
                                .formatted(subnet),
                        Network.class);
    }
}
