package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

/// The life of an object: created, read, changed, deleted, as the API has it.
class RegistryTest {
    private final Fixture world = new Fixture();
    private final Registry registry = world.registry;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void everyNewNamespaceHasItsAccountAndRoots() {
        assertThat(registry.list(world.namespaces, "", ListQuery.ALL).items())
                .extracting(n -> Tree.text(n, "metadata", "name"))
                .containsExactly(
                        "default",
                        "flotilla-system",
                        "kube-node-lease",
                        "kube-public",
                        "kube-system");
        world.create(world.namespaces, Fixture.json("{'metadata':{'name':'shop'}}"));
        var accounts = world.type("", "v1", "serviceaccounts");
        assertThat(registry.list(accounts, "shop", ListQuery.ALL).items()).hasSize(1);
        assertThat(registry.list(world.configMaps, "shop", ListQuery.ALL).items())
                .extracting(n -> Tree.text(n, "metadata", "name"))
                .containsExactly("kube-root-ca.crt");
    }

    @Test
    void aNewPodGetsWhatTheServerKnows() {
        var pod = world.create(world.pods, Fixture.pod("a"));
        assertThat(Tree.text(pod, "metadata", "uid")).matches("[0-9a-f]{8}-[0-9a-f]{4}-4.*");
        assertThat(Tree.text(pod, "metadata", "creationTimestamp"))
                .isEqualTo("2026-05-01T12:00:00Z");
        assertThat(Tree.text(pod, "metadata", "resourceVersion"))
                .isEqualTo(Long.toString(registry.revision()));
        assertThat(Tree.text(pod, "status", "phase")).isEqualTo("Pending");
        assertThat(Tree.text(pod, "status", "qosClass")).isEqualTo("BestEffort");
        assertThat(Tree.objects(pod, "spec", "containers").getFirst().has("args"))
                .as("an empty list is as good as none")
                .isFalse();
        assertThat(world.get(world.pods, "a")).isEqualTo(pod);
    }

    @Test
    void aSecondOneOfTheSameNameIsRefused() {
        world.create(world.pods, Fixture.pod("a"));
        var failure = failure(() -> world.create(world.pods, Fixture.pod("a")));
        assertThat(failure.code()).isEqualTo(409);
        assertThat(failure.reason()).isEqualTo("AlreadyExists");
        assertThat(failure).hasMessage("pods \"a\" already exists");
    }

    @Test
    void namesAreGenerated() {
        var pod = Fixture.pod("");
        ((ObjectNode) pod.path("metadata")).remove("name");
        ((ObjectNode) pod.path("metadata")).put("generateName", "web-");
        assertThat(Tree.text(world.create(world.pods, pod), "metadata", "name"))
                .matches("web-[bcdfghjklmnpqrstvwxz2456789]{5}");
    }

    @Test
    void aNamespaceHasToBeThere() {
        assertThatThrownBy(
                        () ->
                                registry.create(
                                        world.pods, "no", Fixture.pod("a"), WriteOptions.STRICT))
                .hasMessage("namespaces \"no\" not found");
    }

    @Test
    void anOldRevisionConflicts() {
        var first = world.create(world.configMaps, Fixture.configMap("c", "1"));
        var second = first.deepCopy();
        Tree.child(second, "data").put("k", "2");
        world.update(world.configMaps, second);
        var failure = failure(() -> world.update(world.configMaps, second));
        assertThat(failure.reason()).isEqualTo("Conflict");
        assertThat(failure)
                .hasMessage(
                        "Operation cannot be fulfilled on configmaps \"c\": the object has been"
                                + " modified; please apply your changes to the latest version and"
                                + " try again");
    }

    @Test
    void aWriteThatChangesNothingIsNone() {
        var first = world.create(world.configMaps, Fixture.configMap("c", "1"));
        assertThat(world.update(world.configMaps, first)).isEqualTo(first);
        assertThat(world.patch(world.configMaps, "c", PatchType.MERGE, "{'data':{'k':'1'}}"))
                .isEqualTo(first);
    }

    @Test
    void onlyStatusWritesStatusAndOnlyASpecCountsAsGeneration() {
        world.create(world.deployments, Fixture.deployment("d"));
        var key = Fixture.key(world.deployments, "d");
        var patch = Fixture.json("{'spec':{'replicas':9},'status':{'replicas':2}}");
        var status =
                registry.patch(
                        world.deployments,
                        key,
                        Subresource.STATUS,
                        PatchType.MERGE,
                        patch,
                        WriteOptions.STRICT);
        assertThat(Tree.number(status, 0, "spec", "replicas")).isEqualTo(2);
        assertThat(Tree.number(status, 0, "status", "replicas")).isEqualTo(2);
        assertThat(Tree.number(status, 0, "metadata", "generation")).isEqualTo(1);
        var spec =
                world.patch(
                        world.deployments,
                        "d",
                        PatchType.MERGE,
                        "{'spec':{'replicas':3},'status':{'replicas':7}}");
        assertThat(Tree.number(spec, 0, "spec", "replicas")).isEqualTo(3);
        assertThat(Tree.number(spec, 0, "status", "replicas")).isEqualTo(2);
        assertThat(Tree.number(spec, 0, "metadata", "generation")).isEqualTo(2);
    }

    @Test
    void scaleIsAViewOfReplicas() {
        world.create(world.deployments, Fixture.deployment("d"));
        var key = Fixture.key(world.deployments, "d");
        var scale = registry.get(world.deployments, key, Subresource.SCALE);
        assertThat(Tree.text(scale, "status", "selector")).isEqualTo("app=web");
        Tree.child(scale, "spec").put("replicas", 5);
        var scaled =
                registry.update(
                        world.deployments, key, Subresource.SCALE, scale, WriteOptions.STRICT);
        assertThat(Tree.text(scaled, "kind")).isEqualTo("Scale");
        assertThat(Tree.number(world.get(world.deployments, "d"), 0, "spec", "replicas"))
                .isEqualTo(5);
        assertThat(
                        failure(
                                        () ->
                                                registry.update(
                                                        world.deployments,
                                                        key,
                                                        Subresource.SCALE,
                                                        scale,
                                                        WriteOptions.STRICT))
                                .reason())
                .isEqualTo("Conflict");
    }

    static ApiFailure failure(Runnable attempt) {
        return catchThrowableOfType(ApiFailure.class, attempt::run);
    }
}
