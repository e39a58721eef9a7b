package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.DeleteOptions.Propagation;
import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.node.ObjectNode;

/// What holds an object that is to go, and what a deletion may still change about it.
class DeletionRulesTest {
    private final Fixture world = new Fixture();
    private final ResourceType jobs = world.type("batch", "v1", "jobs");
    private final ResourceType budgets = world.type("policy", "v1", "poddisruptionbudgets");

    @AfterEach
    void close() {
        world.close();
    }

    private ObjectNode delete(ResourceType type, String name, DeleteOptions options) {
        return world.registry.delete(type, Fixture.key(type, name), options);
    }

    private static DeleteOptions with(@Nullable Long grace, @Nullable Propagation propagation) {
        return new DeleteOptions(false, grace, null, null, propagation);
    }

    private void job() {
        world.create(
                jobs,
                Fixture.json(
                        "{'metadata':{'name':'pi'},'spec':{'template':{'spec':{'restartPolicy':"
                                + "'Never','containers':[{'name':'c','image':'i'}]}}}}"));
    }

    @Test
    void aJobLeavesItsPodsBehindUnlessToldOtherwise() {
        job();
        assertThat(world.registry.deletionWarning(jobs, DeleteOptions.PLAIN)).isPresent();
        assertThat(world.registry.deletionWarning(jobs, with(null, Propagation.BACKGROUND)))
                .isEmpty();
        var marked = delete(jobs, "pi", DeleteOptions.PLAIN);
        assertThat(Tree.texts(marked, "metadata", "finalizers")).containsExactly("orphan");
        assertThat(Tree.number(marked, 0, "metadata", "generation")).isEqualTo(2);
        assertThat(Tree.number(marked, -1, "metadata", "deletionGracePeriodSeconds")).isZero();
        var gone = delete(jobs, "pi", with(null, Propagation.BACKGROUND));
        assertThat(Tree.text(gone, "details", "kind")).isEqualTo("jobs");
    }

    @Test
    void aFinalizerOfTheObjectSaysWhatIsLeftOpen() {
        var map = Fixture.configMap("c", "1");
        Tree.child(map, "metadata").putArray("finalizers").add("foregroundDeletion");
        world.create(world.configMaps, map);
        var marked = delete(world.configMaps, "c", DeleteOptions.PLAIN);
        assertThat(Tree.texts(marked, "metadata", "finalizers"))
                .containsExactly("foregroundDeletion");
    }

    @Test
    void aPodThatStopsKeepsItsFinalizersAndItsStart() {
        var pod = Fixture.pod("p");
        Tree.child(pod, "spec").put("nodeName", "n1");
        world.create(world.pods, pod);
        delete(world.pods, "p", with(30L, null));
        world.passSeconds(4);
        var longer = delete(world.pods, "p", with(40L, Propagation.FOREGROUND));
        assertThat(Tree.has(longer, "metadata", "finalizers")).isFalse();
        var shorter = delete(world.pods, "p", with(10L, null));
        assertThat(Tree.text(shorter, "metadata", "deletionTimestamp"))
                .as("counted from when it was first asked for")
                .isEqualTo("2026-05-01T12:00:10Z");
        var least = delete(world.pods, "p", with(-5L, null));
        assertThat(Tree.number(least, 0, "metadata", "deletionGracePeriodSeconds")).isEqualTo(1);
    }

    @Test
    void preconditionsAreToldWithTheKind() {
        world.create(world.configMaps, Fixture.configMap("c", "1"));
        var failure =
                RegistryTest.failure(
                        () ->
                                delete(
                                        world.configMaps,
                                        "c",
                                        new DeleteOptions(false, null, "other", null, null)));
        var uid = Tree.text(world.get(world.configMaps, "c"), "metadata", "uid");
        assertThat(failure)
                .hasMessage(
                        "Operation cannot be fulfilled on ConfigMap \"c\": the UID in the"
                                + " precondition (other) does not match the UID in record (%s). The"
                                + " object might have been deleted and then recreated",
                        uid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'finalizers':['hold'] | metadata.finalizers[0]: Invalid value: \"hold\": name is"
                        + " neither a standard finalizer name nor is it fully qualified",
                "'finalizers':['orphan','foregroundDeletion'] | metadata.finalizers: Invalid"
                        + " value: [\"orphan\",\"foregroundDeletion\"]: finalizer orphan and"
                        + " foregroundDeletion cannot be both set",
                "'ownerReferences':[{'apiVersion':'v1','kind':'Event','name':'e','uid':'u'}] |"
                    + " metadata.ownerReferences: Invalid value:"
                    + " {\"apiVersion\":\"v1\",\"kind\":\"Event\",\"name\":\"e\",\"uid\":\"u\"}:"
                    + " /v1, Kind=Event is disallowed from being an owner",
                "'ownerReferences':[{'apiVersion':'','kind':'Pod','name':'e','uid':'u'}] |"
                        + " metadata.ownerReferences.apiVersion: Invalid value: \"\": version must"
                        + " not be empty",
            })
    void metadataIsRefused(String metadata, String problem) {
        var verdicts = new Verdicts(world, world.configMaps, Fixture.configMap("c", "1"));
        assertThat(verdicts.ofCreate("{'metadata':{" + metadata + "}}")).containsExactly(problem);
    }

    @Test
    void someKindsAreOnlyChangedByWhoKnowsThem() {
        var verdicts =
                new Verdicts(
                        world,
                        budgets,
                        Fixture.json("{'metadata':{'name':'b'},'spec':{'minAvailable':1}}"));
        var made = verdicts.create("{}");
        var blind = made.deepCopy();
        Tree.child(blind, "metadata").remove("resourceVersion");
        assertThat(Verdicts.problems(() -> world.update(budgets, blind)))
                .containsExactly(
                        "metadata.resourceVersion: Invalid value: 0x0: must be specified for an"
                                + " update");
        assertThat(verdicts.ofChange("{'spec':{'minAvailable':'110%'}}"))
                .containsExactly(
                        "spec.minAvailable: Invalid value: \"110%\": must not be greater than"
                                + " 100%");
        assertThat(verdicts.ofChange("{'spec':{'maxUnavailable':1}}"))
                .containsExactly(
                        "spec: Invalid value: {\"minAvailable\":1,\"maxUnavailable\":1}:"
                                + " minAvailable and maxUnavailable cannot be both set");
        assertThat(verdicts.ofChange("{'spec':{'unhealthyPodEvictionPolicy':'Odd'}}"))
                .containsExactly(
                        "spec.unhealthyPodEvictionPolicy: Unsupported value: \"Odd\": supported"
                                + " values: \"AlwaysAllow\", \"IfHealthyBudget\"");
        assertThat(
                        verdicts.ofStatus(
                                "{'status':{'currentHealthy':-1,'conditions':[{'type':'A','status':'Odd'}]}}"))
                .containsExactly(
                        "status.conditions[0].status: Unsupported value: \"Odd\": supported"
                                + " values: \"False\", \"True\", \"Unknown\"",
                        "status.conditions[0].lastTransitionTime: Required value: must be set",
                        "status.conditions[0].reason: Required value: must be set",
                        "status.currentHealthy: Invalid value: -1: must be greater than or equal"
                                + " to 0");
        assertThat(verdicts.row(made))
                .containsExactly(
                        "Name=b",
                        "Min Available=1",
                        "Max Unavailable=N/A",
                        "Allowed Disruptions=0",
                        "Age=0s");
    }

    @Test
    void aRuntimeClassKeepsItsHandler() {
        var verdicts =
                new Verdicts(
                        world,
                        world.type("node.k8s.io", "v1", "runtimeclasses"),
                        Fixture.json("{'metadata':{'name':'fast'},'handler':'runc'}"));
        assertThat(verdicts.ofCreate("{'handler':'A'}"))
                .singleElement()
                .asString()
                .startsWith("handler: Invalid value: \"A\": a lowercase RFC 1123 label");
        assertThat(verdicts.row(verdicts.create("{}")))
                .containsExactly("Name=fast", "Handler=runc", "Age=0s");
        assertThat(verdicts.ofChange("{'handler':'other'}"))
                .containsExactly("handler: Invalid value: \"other\": field is immutable");
    }
}
