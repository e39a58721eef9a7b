package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The client library that the window uses, unchanged, over TLS.
class Fabric8Test {
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
    void createsReadsChangesAndDeletes() {
        var made = client.resource(deployment("web", 2)).create();
        assertThat(made.getMetadata().getUid()).isNotEmpty();
        assertThat(made.getSpec().getProgressDeadlineSeconds()).isEqualTo(600);
        var deployments = client.apps().deployments().inNamespace("default");
        assertThat(deployments.withName("web").scale(5).getSpec().getReplicas()).isEqualTo(5);
        deployments
                .withName("web")
                .edit(
                        d ->
                                new DeploymentBuilder(d)
                                        .editMetadata()
                                        .addToLabels("a", "b")
                                        .endMetadata()
                                        .build());
        assertThat(deployments.withLabel("a", "b").list().getItems()).hasSize(1);
        assertThat(deployments.withLabel("a", "c").list().getItems()).isEmpty();
        assertThat(client.apps().deployments().inAnyNamespace().list().getItems()).hasSize(1);
        deployments.withName("web").delete();
        assertThat(deployments.withName("web").get()).isNull();
    }

    @Test
    void failuresAreStatuses() {
        client.resource(map("a", "1")).create();
        assertThatThrownBy(() -> client.resource(map("a", "2")).create())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> {
                            assertThat(e.getCode()).isEqualTo(409);
                            assertThat(e.getStatus().getReason()).isEqualTo("AlreadyExists");
                        });
        assertThatThrownBy(() -> client.resource(map("Not A Name", "2")).create())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(422));
    }

    @Test
    void aWatchTellsEachChangeInOrder() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        try (var watch =
                client.configMaps()
                        .inNamespace("default")
                        .watch(
                                new Watcher<ConfigMap>() {
                                    @Override
                                    public void eventReceived(Action action, ConfigMap map) {
                                        heard.add(action + " " + map.getMetadata().getName());
                                    }

                                    @Override
                                    public void onClose(@Nullable WatcherException cause) {
                                        heard.add("closed " + cause);
                                    }
                                })) {
            assertThat(watch).isNotNull();
            client.resource(map("b", "1")).create();
            client.resource(map("b", "2")).update();
            client.resource(map("b", "2")).delete();
            while (!next(heard).equals("ADDED b")) {
                assertThat(heard).noneMatch(h -> h.startsWith("closed"));
            }
            assertThat(next(heard)).isEqualTo("MODIFIED b");
            assertThat(next(heard)).isEqualTo("DELETED b");
        }
    }

    @Test
    void anInformerKeepsUp() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        client.resource(map("first", "1")).create();
        try (var informer =
                client.configMaps()
                        .inNamespace("default")
                        .inform(
                                new ResourceEventHandler<ConfigMap>() {
                                    @Override
                                    public void onAdd(ConfigMap map) {
                                        heard.add("add " + map.getMetadata().getName());
                                    }

                                    @Override
                                    public void onUpdate(ConfigMap was, ConfigMap map) {
                                        if (!was.getData().equals(map.getData())) {
                                            heard.add("update " + map.getData().get("key"));
                                        }
                                    }

                                    @Override
                                    public void onDelete(ConfigMap map, boolean unknown) {
                                        heard.add("delete " + map.getMetadata().getName());
                                    }
                                })) {
            await(heard, "add first");
            client.resource(map("first", "2")).update();
            await(heard, "update 2");
            client.resource(map("second", "1")).create();
            await(heard, "add second");
            client.resource(map("first", "2")).delete();
            await(heard, "delete first");
            assertThat(informer.getStore().list())
                    .extracting(m -> m.getMetadata().getName())
                    .contains("second")
                    .doesNotContain("first");
        }
    }

    @Test
    void patchesAndStatusAreSeparate() {
        client.resource(deployment("web", 2)).create();
        var web = client.apps().deployments().inNamespace("default").withName("web");
        web.editStatus(
                d ->
                        new DeploymentBuilder(d)
                                .withNewStatus()
                                .withReadyReplicas(2)
                                .withReplicas(2)
                                .endStatus()
                                .build());
        assertThat(web.get().getStatus().getReadyReplicas()).isEqualTo(2);
        web.edit(
                d ->
                        new DeploymentBuilder(d)
                                .editSpec()
                                .withReplicas(7)
                                .endSpec()
                                .editStatus()
                                .withReadyReplicas(9)
                                .endStatus()
                                .build());
        assertThat(web.get().getSpec().getReplicas()).isEqualTo(7);
        assertThat(web.get().getStatus().getReadyReplicas()).isEqualTo(2);
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        var next = heard.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("heard nothing for 30 s").isNotNull();
        return next;
    }

    private static void await(BlockingQueue<String> heard, String wanted)
            throws InterruptedException {
        while (!next(heard).equals(wanted)) {
            // What was heard before does not matter.
        }
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

    private static Deployment deployment(String name, int replicas) {
        var labels = Map.of("app", name);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("nginx")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
