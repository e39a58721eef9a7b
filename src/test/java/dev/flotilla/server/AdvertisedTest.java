package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.Registry;
import dev.flotilla.registry.Subresource;
import dev.flotilla.store.Store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.ObjectNode;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;

/// What lies behind the service `kubernetes`.
class AdvertisedTest {
    private final Store store = Store.inMemory(InstantSource.system());
    private final Registry registry = new Registry(store, InstantSource.system(), new Random(1));
    private final Advertised advertised = new Advertised(registry);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theServiceLeadsToWhereTheServerListens() throws UnknownHostException {
        tell("192.0.2.7", 6443);
        assertThat(get("", "endpoints").path("subsets").toString())
                .isEqualTo(
                        "[{\"addresses\":[{\"ip\":\"192.0.2.7\"}],\"ports\":[{\"name\":\"https\",\"port\":6443,\"protocol\":\"TCP\"}]}]");
        var slice = get("discovery.k8s.io", "endpointslices");
        assertThat(slice.at("/metadata/labels").toString())
                .isEqualTo("{\"kubernetes.io/service-name\":\"kubernetes\"}");
        assertThat(slice.path("addressType").asString()).isEqualTo("IPv4");
        assertThat(slice.path("endpoints").toString())
                .isEqualTo("[{\"addresses\":[\"192.0.2.7\"],\"conditions\":{\"ready\":true}}]");
        assertThat(slice.path("ports").toString())
                .isEqualTo("[{\"name\":\"https\",\"port\":6443,\"protocol\":\"TCP\"}]");
    }

    @Test
    void theNextStartElsewhereChangesIt() throws UnknownHostException {
        tell("192.0.2.7", 6443);
        tell("192.0.2.8", 7443);
        assertThat(get("", "endpoints").at("/subsets/0/addresses").toString())
                .isEqualTo("[{\"ip\":\"192.0.2.8\"}]");
        assertThat(get("", "endpoints").at("/subsets/0/ports/0/port").asInt()).isEqualTo(7443);
        assertThat(get("", "services").at("/spec/ports/0/targetPort").asInt()).isEqualTo(7443);
        tell("2001:db8::1", 7443);
        var slice = get("discovery.k8s.io", "endpointslices");
        assertThat(slice.path("addressType").asString()).isEqualTo("IPv6");
        assertThat(slice.at("/endpoints/0/addresses/0").asString()).isEqualTo("2001:db8::1");
        advertised.write(Optional.empty(), 7443);
        assertThat(get("", "endpoints").has("subsets")).isFalse();
        assertThat(has("discovery.k8s.io", "endpointslices")).isFalse();
    }

    @Test
    void theSameStartWritesNothing() throws UnknownHostException {
        tell("192.0.2.7", 6443);
        long before = registry.revision();
        tell("192.0.2.7", 6443);
        assertThat(registry.revision()).isEqualTo(before);
    }

    @Test
    void aServerTellsItsOwnPort(@TempDir Path temp) {
        try (var server = new TestServer(temp);
                var https = server.https()) {
            var service = https.get("/api/v1/namespaces/default/services/kubernetes").json();
            assertThat(service.at("/spec/ports/0/targetPort").asInt())
                    .isEqualTo(server.server.uri().getPort());
        }
    }

    @Test
    void anAddressOfItsOwnIsTold() {
        assertThat(Advertised.address("192.0.2.7").orElseThrow().getHostAddress())
                .isEqualTo("192.0.2.7");
        assertThat(Advertised.address("127.0.0.1").filter(InetAddress::isLoopbackAddress))
                .isEmpty();
    }

    private void tell(String address, int port) throws UnknownHostException {
        advertised.write(Optional.of(InetAddress.getByName(address)), port);
    }

    private boolean has(String group, String plural) {
        try {
            return !get(group, plural).isEmpty();
        } catch (ApiFailure e) {
            return false;
        }
    }

    private ObjectNode get(String group, String plural) {
        return registry.get(
                registry.type(group, "v1", plural).orElseThrow(),
                new ObjectKey("default", "kubernetes"),
                Subresource.NONE);
    }
}
