package dev.flotilla.remote;

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

/// Docker's words read and said without an engine.
class DockerWordsTest {
    private static final PodNetwork WANTED = new PodNetwork("10.42.3.0/24", "10.42.0.0/16");

    @Test
    void versionsAreComparedByNumber() {
        assertThat(DockerVersion.parse("20.10.24+dfsg1")).isEqualTo(DockerVersion.OLDEST);
        assertThat(DockerVersion.parse("19.03.15")).isLessThan(DockerVersion.OLDEST);
        assertThat(DockerVersion.parse("9.99")).isLessThan(DockerVersion.OLDEST);
        assertThat(DockerVersion.parse("28.5.1-rc.1")).isGreaterThan(new DockerVersion(28, 4));
        assertThat(DockerVersion.parse("dev")).isEqualTo(new DockerVersion(0, 0));
    }

    @Test
    void anImageWithoutATagIsTheLatestAlone() {
        assertThat(ImagePull.path("nginx")).endsWith("fromImage=nginx%3Alatest");
        assertThat(ImagePull.path("host:5000/a/b"))
                .endsWith("fromImage=host%3A5000%2Fa%2Fb%3Alatest");
        assertThat(ImagePull.path("host:5000/a:1")).endsWith("fromImage=host%3A5000%2Fa%3A1");
        var digest = "0123456789abcdef".repeat(4);
        assertThat(ImagePull.path("a@sha256:" + digest))
                .endsWith("fromImage=a%40sha256%3A" + digest);
    }

    @Test
    void onlyStreamsMayBeSilentForLong() {
        assertThat(Engine.patience("/events?filters=x").isDisabled()).isTrue();
        assertThat(Engine.patience("/images/create?fromImage=x").isDisabled()).isTrue();
        assertThat(Engine.patience("/_ping").toSeconds()).isEqualTo(3);
        assertThat(Engine.patience("/containers/abc/stop?t=40").toSeconds()).isEqualTo(70);
        assertThat(Engine.patience("/containers/abc/start").toSeconds()).isEqualTo(60);
    }

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
