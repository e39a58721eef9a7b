package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What fabric8's client does for long: leases that are held and handed over, informers that
/// outlive their connection, fields that have owners.
class Fabric8OverTimeTest {
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration RENEW = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(200);

    @TempDir Path temp;
    private TestServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer(temp);
        client = server.fabric8();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aLeaseIsTakenRenewedAndHandedOver() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        var lease = client.leases().inNamespace("default").withName("lock");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = new LeaderElector(client, candidate("a", heard), threads).start();
            await(heard, "a leads");
            var second = new LeaderElector(client, candidate("b", heard), threads).start();
            await(heard, "b sees a");
            var renewed = lease.get().getSpec().getRenewTime();
            lease.waitUntilCondition(
                    l -> l.getSpec().getRenewTime().isAfter(renewed), 30, TimeUnit.SECONDS);
            first.cancel(true);
            await(heard, "a ends");
            await(heard, "b leads");
            assertThat(lease.get().getSpec().getHolderIdentity()).isEqualTo("b");
            assertThat(lease.get().getSpec().getLeaseTransitions()).isPositive();
            second.cancel(true);
            await(heard, "b ends");
        }
    }

    @Test
    void anInformerOutlivesItsConnection() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        var config = Config.fromKubeconfig(Files.readString(server.kubeconfig));
        try (var relay = new Relay(server.server.uri())) {
            config.setMasterUrl(relay.uri().toString());
            try (var far = new KubernetesClientBuilder().withConfig(config).build();
                    var informer = far.configMaps().inNamespace("default").inform(told(heard))) {
                client.resource(map("first", "1")).create();
                await(heard, "add first");
                for (int round = 0; round < 3; round++) {
                    assertThat(relay.cut()).isPositive();
                    client.resource(map("first", "r" + round)).update();
                    await(heard, "update r" + round);
                }
                assertThat(relay.cut()).isPositive();
                client.resource(map("first", "")).delete();
                await(heard, "delete first");
                assertThat(informer.isWatching()).isTrue();
            }
        }
    }

    @Test
    void fieldsHaveOwners() {
        var made = client.resource(map("m", "1")).patch(apply("ann", false));
        assertThat(made.getMetadata().getManagedFields())
                .singleElement()
                .satisfies(f -> assertThat(f.getManager()).isEqualTo("ann"));
        assertThatThrownBy(() -> client.resource(map("m", "2")).patch(apply("bob", false)))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> {
                            assertThat(e.getCode()).isEqualTo(409);
                            assertThat(e.getStatus().getMessage())
                                    .isEqualTo(
                                            "Apply failed with 1 conflict: conflict with \"ann\":"
                                                    + " .data.key");
                        });
        var forced = client.resource(map("m", "2")).patch(apply("bob", true));
        assertThat(forced.getData()).containsEntry("key", "2");
        assertThat(client.resource(map("m", "3")).forceConflicts().serverSideApply().getData())
                .containsEntry("key", "3");
    }

    private static PatchContext apply(String manager, boolean force) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withForce(force)
                .build();
    }

    private static LeaderElectionConfig candidate(String name, BlockingQueue<String> heard) {
        return new LeaderElectionConfigBuilder()
                .withName(name)
                .withLock(new LeaseLock("default", "lock", name))
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEW)
                .withRetryPeriod(RETRY)
                .withReleaseOnCancel()
                .withLeaderCallbacks(
                        new LeaderCallbacks(
                                () -> heard.add(name + " leads"),
                                () -> heard.add(name + " ends"),
                                leader -> heard.add(name + " sees " + leader)))
                .build();
    }

    private static ResourceEventHandler<ConfigMap> told(BlockingQueue<String> heard) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(ConfigMap map) {
                heard.add("add " + map.getMetadata().getName());
            }

            @Override
            public void onUpdate(ConfigMap was, ConfigMap map) {
                heard.add("update " + map.getData().get("key"));
            }

            @Override
            public void onDelete(ConfigMap map, boolean unknown) {
                heard.add("delete " + map.getMetadata().getName());
            }
        };
    }

    private static void await(BlockingQueue<String> heard, String wanted)
            throws InterruptedException {
        String next;
        do {
            next = heard.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("nothing for 30 s, waiting for: " + wanted).isNotNull();
        } while (!next.equals(wanted));
    }

    private static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withData(Map.of("key", value))
                .build();
    }
}
