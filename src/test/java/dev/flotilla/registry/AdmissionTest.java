package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.node.ObjectNode;

/// What other objects have to say to a write.
class AdmissionTest {
    private final Fixture world = new Fixture();

    @AfterEach
    void close() {
        world.close();
    }

    private static ObjectNode pod(String resources, String more) {
        return Fixture.json(
                "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x','resources':%s}]%s}}"
                        .formatted(resources, more));
    }

    private void range(String limit) {
        world.create(
                world.type("", "v1", "limitranges"),
                Fixture.json("{'metadata':{'name':'r'},'spec':{'limits':[" + limit + "]}}"));
    }

    private void priority(String name, int value, String more) {
        world.create(
                world.type("scheduling.k8s.io", "v1", "priorityclasses"),
                Fixture.json(
                        "{'metadata':{'name':'%s'},'value':%d%s}".formatted(name, value, more)));
    }

    @Test
    void aContainerThatAsksForNothingGetsTheNamespacesDefaults() {
        range(
                "{'type':'Container','default':{'cpu':'500m','memory':'1Gi'},'defaultRequest':{'cpu':'100m'}}");
        var made = world.create(world.pods, pod("{}", ""));
        assertThat(made.path("spec").path("containers").path(0).path("resources").toString())
                .isEqualTo(
                        "{\"limits\":{\"cpu\":\"500m\",\"memory\":\"1Gi\"},"
                                + "\"requests\":{\"cpu\":\"100m\",\"memory\":\"1Gi\"}}");
        assertThat(Tree.text(made, "metadata", "annotations", "kubernetes.io/limit-ranger"))
                .isEqualTo(
                        "LimitRanger plugin set: cpu, memory request for container c; cpu, memory"
                                + " limit for container c");
        assertThat(Tree.text(made, "status", "qosClass")).isEqualTo("Burstable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'Container','max':{'cpu':'1'}}|{'limits':{'cpu':'2'}}|maximum cpu usage"
                        + " per Container is 1, but limit is 2",
                "{'type':'Container','min':{'memory':'64Mi'}}|{'requests':{'memory':'32Mi'}}|minimum"
                    + " memory usage per Container is 64Mi, but request is 32Mi",
                "{'type':'Pod','max':{'cpu':'1'}}|{}|maximum cpu usage per Pod is 1.  No limit is"
                        + " specified",
                "{'type':'Pod','min':{'cpu':'1'},'max':{'memory':'1Gi'}}|{}|[minimum cpu usage per"
                        + " Pod is 1.  No request is specified, maximum memory usage per Pod is"
                        + " 1Gi.  No limit is specified]",
                "{'type':'Container','maxLimitRequestRatio':{'cpu':'2'}}|{'limits':{'cpu':'3'},'requests':{'cpu':'1'}}|cpu"
                    + " max limit to request ratio per Container is 2, but provided ratio is"
                    + " 3.000000"
            })
    void whatIsOutOfBoundsIsRefused(String limit, String resources, String why) {
        range(limit);
        var failure = RegistryTest.failure(() -> world.create(world.pods, pod(resources, "")));
        assertThat(failure.code()).isEqualTo(403);
        assertThat(failure).hasMessage("pods \"p\" is forbidden: " + why);
    }

    @Test
    void aClaimIsBoundedToo() {
        range("{'type':'PersistentVolumeClaim','max':{'storage':'1Gi'}}");
        var claims = world.type("", "v1", "persistentvolumeclaims");
        var failure =
                RegistryTest.failure(
                        () ->
                                world.create(
                                        claims,
                                        Fixture.json(
                                                "{'metadata':{'name':'c'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}}}}")));
        assertThat(failure)
                .hasMessage(
                        "persistentvolumeclaims \"c\" is forbidden: maximum storage usage per"
                                + " PersistentVolumeClaim is 1Gi, but request is 2Gi");
    }

    @Test
    void aPodHasThePriorityOfItsClass() {
        priority("high", 1000, ",'preemptionPolicy':'Never'");
        var made = world.create(world.pods, pod("{}", ",'priorityClassName':'high'"));
        assertThat(Tree.number(made, 0, "spec", "priority")).isEqualTo(1000);
        assertThat(Tree.text(made, "spec", "preemptionPolicy")).isEqualTo("Never");
        assertThat(
                        RegistryTest.failure(
                                () ->
                                        world.create(
                                                world.pods,
                                                pod("{}", ",'priorityClassName':'none'"))))
                .hasMessage("pods \"p\" is forbidden: no PriorityClass with name none was found");
        assertThat(RegistryTest.failure(() -> world.create(world.pods, pod("{}", ",'priority':7"))))
                .hasMessage(
                        "pods \"p\" is forbidden: the integer value of priority (7) must not be"
                            + " provided in pod spec; priority admission controller computed 0 from"
                            + " the given PriorityClass name");
    }

    @Test
    void oneClassCanBeForAll() {
        priority("usual", 5, ",'globalDefault':true");
        var made = world.create(world.pods, pod("{}", ""));
        assertThat(Tree.text(made, "spec", "priorityClassName")).isEqualTo("usual");
        assertThat(Tree.number(made, 0, "spec", "priority")).isEqualTo(5);
        assertThat(RegistryTest.failure(() -> priority("other", 6, ",'globalDefault':true")))
                .hasMessage(
                        "priorityclasses.scheduling.k8s.io \"other\" is forbidden: PriorityClass"
                            + " usual is already marked as default. Only one default can exist");
    }

    @Test
    void aPodRunsAsAnAccountOfItsNamespace() {
        var made = world.create(world.pods, pod("{}", ""));
        assertThat(Tree.text(made, "spec", "serviceAccountName")).isEqualTo("default");
        assertThat(Tree.text(made, "spec", "serviceAccount")).isEqualTo("default");
        var failure =
                RegistryTest.failure(
                        () -> world.create(world.pods, pod("{}", ",'serviceAccountName':'robot'")));
        assertThat(failure)
                .hasMessage(
                        "pods \"p\" is forbidden: error looking up service account default/robot:"
                                + " serviceaccount \"robot\" not found");
    }

    @Test
    void aClaimGetsTheDefaultClassAndGrowsOnlyWhereTheClassAllowsIt() {
        var classes = world.type("storage.k8s.io", "v1", "storageclasses");
        var claims = world.type("", "v1", "persistentvolumeclaims");
        world.create(
                classes,
                Fixture.json(
                        "{'metadata':{'name':'fast','annotations':{'storageclass.kubernetes.io/is-default-class':'true'}},'provisioner':'a.b/c'}"));
        var made =
                world.create(
                        claims,
                        Fixture.json(
                                "{'metadata':{'name':'c'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}"));
        assertThat(Tree.text(made, "spec", "storageClassName")).isEqualTo("fast");
        world.registry.patch(
                claims,
                Fixture.key(claims, "c"),
                Subresource.STATUS,
                PatchType.MERGE,
                Fixture.json("{'status':{'phase':'Bound'}}"),
                WriteOptions.STRICT);
        var growth = "{'spec':{'resources':{'requests':{'storage':'2Gi'}}}}";
        assertThat(RegistryTest.failure(() -> world.patch(claims, "c", PatchType.MERGE, growth)))
                .hasMessage(
                        "persistentvolumeclaims \"c\" is forbidden: only dynamically provisioned"
                                + " pvc can be resized and the storageclass that provisions the pvc"
                                + " must support resize");
        world.patch(classes, "fast", PatchType.MERGE, "{'allowVolumeExpansion':true}");
        var grown = world.patch(claims, "c", PatchType.MERGE, growth);
        assertThat(Tree.text(grown, "spec", "resources", "requests", "storage")).isEqualTo("2Gi");
    }

    @Test
    void nothingComesIntoBeingWhereThereIsNoNamespace() {
        var failure =
                RegistryTest.failure(
                        () ->
                                world.registry.create(
                                        world.configMaps,
                                        "nowhere",
                                        Fixture.configMap("c", "1"),
                                        WriteOptions.STRICT));
        assertThat(failure.code()).isEqualTo(404);
        assertThat(failure).hasMessage("namespaces \"nowhere\" not found");
        assertThat(Tree.text(failure.status(), "details", "kind")).isEqualTo("namespaces");
    }
}
