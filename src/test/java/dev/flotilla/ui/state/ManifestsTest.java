package dev.flotilla.ui.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.lab.Master;
import dev.flotilla.ui.state.ManifestLine.Verdict;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Manifests against a real master: what is foretold of them, and what comes of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ManifestsTest {
    private static final String NAMESPACE =
            """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: %s
            """;
    private static final String CONFIG =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
              namespace: %s
            %s:
              colour: %s
            """;

    @TempDir static Path folder;

    private Master master;
    private KubernetesClient client;
    private Manifests manifests;

    @BeforeAll
    void master() throws IOException {
        master = Master.start(folder);
        client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(master.kubeconfig().toFile()))
                        .build();
        manifests = new Manifests(client);
    }

    @AfterAll
    void end() {
        client.close();
        master.close();
    }

    @Test
    void theShopOfTheTourCreatesItsNamespaceAndAllThatIsInIt() throws IOException {
        var shop = Files.readString(Path.of("src/docs/shop.yaml"));
        assertThat(manifests.preview(shop))
                .hasSize(6)
                .extracting(ManifestLine::verdict)
                .containsOnly(Verdict.CREATE);
        assertThat(client.namespaces().withName("shop").get()).isNull();
        manifests.apply(shop);
        assertThat(client.apps().deployments().inNamespace("shop").list().getItems()).hasSize(5);
        assertThat(manifests.preview(shop))
                .extracting(ManifestLine::verdict)
                .containsOnly(Verdict.UNCHANGED);
        assertThat(manifests.preview(shop.replace("replicas: 6", "replicas: 7")))
                .filteredOn(line -> line.verdict() == Verdict.CHANGE)
                .extracting(ManifestLine::object)
                .containsExactly("Deployment shop/web");
    }

    @Test
    void aNamespaceMayComeLastInTheFile() {
        var text = CONFIG.formatted("late", "data", "blue") + "---\n" + NAMESPACE.formatted("late");
        assertThat(manifests.preview(text))
                .extracting(ManifestLine::object)
                .containsExactly("Namespace late", "ConfigMap late/settings");
        manifests.apply(text);
        assertThat(client.configMaps().inNamespace("late").withName("settings").get().getData())
                .containsEntry("colour", "blue");
    }

    @Test
    void aMisspelledFieldIsRefusedEvenWhereTheNamespaceIsStillToCome() {
        var text = NAMESPACE.formatted("odd") + "---\n" + CONFIG.formatted("odd", "dota", "blue");
        var refused = manifests.preview(text).getLast();
        assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(refused.message()).contains("unknown field \"dota\"");
        assertThatThrownBy(() -> manifests.apply(text))
                .isInstanceOf(ActionFailure.class)
                .hasMessageContaining("ConfigMap odd/settings")
                .hasMessageContaining("unknown field \"dota\"");
    }

    @Test
    void whatStandsInTheNamespaceThatJudgesDoesNotMatter() {
        manifests.apply(CONFIG.formatted("default", "data", "red"));
        var text = NAMESPACE.formatted("next") + "---\n" + CONFIG.formatted("next", "data", "blue");
        assertThat(manifests.preview(text))
                .extracting(ManifestLine::verdict)
                .isEqualTo(List.of(Verdict.CREATE, Verdict.CREATE));
        assertThat(client.configMaps().inNamespace("default").withName("settings").get().getData())
                .containsEntry("colour", "red");
    }
}
