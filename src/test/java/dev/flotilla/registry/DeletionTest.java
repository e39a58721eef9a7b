package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.DeleteOptions.Propagation;
import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

class DeletionTest {
    private final Fixture world = new Fixture();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void mostKindsAnswerAStatusThatNamesWhatWent() {
        var map = world.create(world.configMaps, Fixture.configMap("c", "1"));
        var status = delete(DeleteOptions.PLAIN);
        assertThat(Tree.text(status, "status")).isEqualTo("Success");
        assertThat(Tree.text(status, "details", "uid"))
                .isEqualTo(Tree.text(map, "metadata", "uid"));
        assertThat(RegistryTest.failure(() -> delete(DeleteOptions.PLAIN)).code()).isEqualTo(404);
    }

    @Test
    void aFinalizerHoldsIt() {
        var map = Fixture.configMap("c", "1");
        Tree.child(map, "metadata").putArray("finalizers").add("example.com/hold");
        world.create(world.configMaps, map);
        var marked = delete(DeleteOptions.PLAIN);
        assertThat(Tree.has(marked, "metadata", "deletionTimestamp")).isTrue();
        assertThat(delete(DeleteOptions.PLAIN)).as("again changes nothing").isEqualTo(marked);
        assertThat(
                        RegistryTest.failure(
                                        () ->
                                                world.patch(
                                                        world.configMaps,
                                                        "c",
                                                        PatchType.MERGE,
                                                        "{'metadata':{'finalizers':['example.com/hold',"
                                                            + "'example.com/more']}}"))
                                .reason())
                .isEqualTo("Invalid");
        world.patch(world.configMaps, "c", PatchType.MERGE, "{'metadata':{'finalizers':[]}}");
        assertThat(RegistryTest.failure(() -> world.get(world.configMaps, "c")).code())
                .isEqualTo(404);
    }

    @Test
    void whoOwnsSaysWhatBecomesOfTheOwned() {
        world.create(world.configMaps, Fixture.configMap("c", "1"));
        var marked = delete(new DeleteOptions(false, null, null, null, Propagation.FOREGROUND));
        assertThat(Tree.texts(marked, "metadata", "finalizers"))
                .containsExactly("foregroundDeletion");
        var orphaning = delete(new DeleteOptions(false, null, null, null, Propagation.ORPHAN));
        assertThat(Tree.texts(orphaning, "metadata", "finalizers")).containsExactly("orphan");
        var status = delete(new DeleteOptions(false, null, null, null, Propagation.BACKGROUND));
        assertThat(Tree.text(status, "status")).isEqualTo("Success");
    }

    @Test
    void preconditionsHaveToHold() {
        world.create(world.configMaps, Fixture.configMap("c", "1"));
        var byUid = new DeleteOptions(false, null, "x", null, null);
        var byRevision = new DeleteOptions(false, null, null, "1", null);
        assertThat(RegistryTest.failure(() -> delete(byUid)).reason()).isEqualTo("Conflict");
        assertThat(RegistryTest.failure(() -> delete(byRevision)).reason()).isEqualTo("Conflict");
    }

    @Test
    void dryRunsChangeNothing() {
        world.create(world.configMaps, Fixture.configMap("c", "1"));
        long revision = world.registry.revision();
        delete(new DeleteOptions(true, null, null, null, null));
        var dry = new WriteOptions(true, FieldValidation.STRICT, "", _ -> {});
        world.registry.create(world.configMaps, "default", Fixture.configMap("d", "1"), dry);
        world.registry.update(
                world.configMaps,
                Fixture.key(world.configMaps, "c"),
                Subresource.NONE,
                Fixture.configMap("c", "2"),
                dry);
        assertThat(world.registry.revision()).isEqualTo(revision);
        assertThat(
                        RegistryTest.failure(
                                        () ->
                                                world.registry.create(
                                                        world.configMaps,
                                                        "default",
                                                        Fixture.configMap("c", "1"),
                                                        dry))
                                .reason())
                .isEqualTo("AlreadyExists");
    }

    @Test
    void aShorterGraceCountsALongerOneDoesNot() {
        var pod = Fixture.pod("p");
        Tree.child(pod, "spec").put("nodeName", "n1");
        world.create(world.pods, pod);
        assertThat(grace(20L)).isEqualTo(20);
        assertThat(grace(25L)).isEqualTo(20);
        assertThat(grace(5L)).isEqualTo(5);
        assertThat(grace(0L)).as("gone, with the last word").isZero();
        assertThat(RegistryTest.failure(() -> world.get(world.pods, "p")).code()).isEqualTo(404);
    }

    @Test
    void someNamespacesAreForGood() {
        var failure =
                RegistryTest.failure(
                        () ->
                                world.registry.delete(
                                        world.namespaces,
                                        Fixture.key(world.namespaces, "default"),
                                        DeleteOptions.PLAIN));
        assertThat(failure)
                .hasMessage(
                        "namespaces \"default\" is forbidden: this namespace may not be deleted");
    }

    private long grace(long seconds) {
        var answer =
                world.registry.delete(
                        world.pods,
                        Fixture.key(world.pods, "p"),
                        new DeleteOptions(false, seconds, null, null, null));
        return Tree.number(answer, -1, "metadata", "deletionGracePeriodSeconds");
    }

    private ObjectNode delete(DeleteOptions options) {
        return world.registry.delete(world.configMaps, Fixture.key(world.configMaps, "c"), options);
    }
}
