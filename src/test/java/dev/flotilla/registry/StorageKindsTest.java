package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.table.Tables;
import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.Stream;

class StorageKindsTest {
    private final Fixture world = new Fixture();
    private final ResourceType volumes = world.type("", "v1", "persistentvolumes");
    private final ResourceType claims = world.type("", "v1", "persistentvolumeclaims");
    private final ResourceType classes = world.type("storage.k8s.io", "v1", "storageclasses");

    @AfterEach
    void close() {
        world.close();
    }

    private static ObjectNode volume() {
        return Fixture.json(
                "{'metadata':{'name':'v'},'spec':{'capacity':{'storage':'1Gi'},"
                        + "'accessModes':['ReadWriteOnce'],'hostPath':{'path':'/data'}}}");
    }

    private static ObjectNode claim() {
        return Fixture.json(
                "{'metadata':{'name':'c'},'spec':{'accessModes':['ReadWriteOnce'],"
                        + "'resources':{'requests':{'storage':'1Gi'}}}}");
    }

    private static ObjectNode storageClass() {
        return Fixture.json("{'metadata':{'name':'fast'},'provisioner':'example.com/disks'}");
    }

    static Stream<List<String>> volumesRefused() {
        return Refusals.of(
                """
                {'spec':{'accessModes':[]}}|spec.accessModes: Required value
                {'spec':{'accessModes':['Some']}}|spec.accessModes: Unsupported value: "Some": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"
                {'spec':{'accessModes':['ReadWriteOncePod','ReadWriteOnce']}}|spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes
                {'spec':{'capacity':{'storage':'0'}}}|spec.capacity[storage]: Invalid value: "0": must be greater than zero
                {'spec':{'capacity':{'cpu':'1'}}}|spec.capacity: Unsupported value: {"storage":"1Gi","cpu":"1"}: supported values: "storage"
                {'spec':{'persistentVolumeReclaimPolicy':'Keep'}}|spec.persistentVolumeReclaimPolicy: Unsupported value: "Keep": supported values: "Delete", "Recycle", "Retain"
                {'spec':{'hostPath':null}}|spec: Required value: must specify a volume type
                {'spec':{'nfs':{'server':'s','path':'/'}}}|spec.nfs: Forbidden: may not specify more than 1 volume type
                {'spec':{'hostPath':{'path':'/a/../b'}}}|spec.hostPath.path: Invalid value: "/a/../b": must not contain '..'
                {'spec':{'hostPath':null,'local':{'path':'/d'}}}|spec.nodeAffinity: Required value: Local volume requires node affinity
                {'spec':{'hostPath':{'path':'/'},'persistentVolumeReclaimPolicy':'Recycle'}}|spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'
                {'spec':{'volumeMode':'Tape'}}|spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"
                """);
    }

    @ParameterizedTest
    @MethodSource("volumesRefused")
    void aVolumeIsRefused(List<String> line) {
        Refusals.check(world, volumes, volume(), line);
    }

    static Stream<List<String>> claimsRefused() {
        return Refusals.of(
                """
                {'spec':{'accessModes':null}}|spec.accessModes: Required value: at least 1 access mode is required
                {'spec':{'resources':null}}|spec.resources[storage]: Required value
                {'spec':{'resources':{'requests':{'storage':'-1'}}}}|spec.resources[storage]: Invalid value: "-1": must be greater than zero
                {'spec':{'selector':{'matchExpressions':[{'key':'a','operator':'In'}]}}}|spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'
                {'spec':{'dataSource':{'kind':'Other','name':'x'},'dataSourceRef':{'kind':'PersistentVolumeClaim','name':'x'}}}|[spec.dataSource: Invalid value: "Other": must be 'PersistentVolumeClaim' when referencing the default apiGroup, spec: Invalid value: {}: must match dataSourceRef]
                """);
    }

    @ParameterizedTest
    @MethodSource("claimsRefused")
    void aClaimIsRefused(List<String> line) {
        Refusals.check(world, claims, claim(), line);
    }

    static Stream<List<String>> classesRefused() {
        return Refusals.of(
                """
                {'provisioner':null}|provisioner: Required value
                {'reclaimPolicy':'Recycle'}|reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"
                {'volumeBindingMode':'Later'}|volumeBindingMode: Unsupported value: "Later": supported values: "Immediate", "WaitForFirstConsumer"
                {'parameters':{'':'x'}}|parameters: Invalid value: "": field can not be empty.
                """);
    }

    @ParameterizedTest
    @MethodSource("classesRefused")
    void aClassIsRefused(List<String> line) {
        Refusals.check(world, classes, storageClass(), line);
    }

    @Test
    void aVolumeAndAClaimBeginPending() {
        var volume = world.create(volumes, volume());
        assertThat(volume.path("spec").toString())
                .contains(
                        "\"persistentVolumeReclaimPolicy\":\"Retain\"",
                        "\"volumeMode\":\"Filesystem\"",
                        "\"hostPath\":{\"path\":\"/data\",\"type\":\"\"}");
        assertThat(volume.path("status").toString())
                .isEqualTo(
                        "{\"phase\":\"Pending\",\"lastPhaseTransitionTime\":\"2026-05-01T12:00:00Z\"}");
        var claim = world.create(claims, claim());
        assertThat(claim.path("status").toString()).isEqualTo("{\"phase\":\"Pending\"}");
        assertThat(Tree.text(claim, "spec", "volumeMode")).isEqualTo("Filesystem");
    }

    @Test
    void whatIsBoundMayGrowAndNothingElse() {
        var growing = storageClass();
        growing.put("allowVolumeExpansion", true);
        world.create(classes, growing);
        var claim = claim();
        Tree.child(claim, "spec").put("storageClassName", "fast");
        world.create(claims, claim);
        Refusals.checkChange(
                world,
                claims,
                "c",
                List.of(
                        "{'spec':{'resources':{'requests':{'storage':'2Gi'}}}}",
                        "spec: Forbidden: spec is immutable after creation except"
                                + " resources.requests and volumeAttributesClassName for bound"
                                + " claims"));
        world.registry.patch(
                claims,
                new ObjectKey("default", "c"),
                Subresource.STATUS,
                PatchType.MERGE,
                Fixture.json("{'status':{'phase':'Bound','capacity':{'storage':'1Gi'}}}"),
                WriteOptions.STRICT);
        var grown =
                world.patch(
                        claims,
                        "c",
                        PatchType.MERGE,
                        "{'spec':{'resources':{'requests':{'storage':'2Gi'}}}}");
        assertThat(Tree.text(grown, "spec", "resources", "requests", "storage")).isEqualTo("2Gi");
        Refusals.checkChange(
                world,
                claims,
                "c",
                List.of(
                        "{'spec':{'resources':{'requests':{'storage':'1Gi'}}}}",
                        "spec.resources.requests.storage: Forbidden: field can not be less than"
                                + " status.capacity"));
    }

    @Test
    void whereAVolumeIsAndWhoMakesItAreForGood() {
        world.create(volumes, volume());
        Refusals.checkChange(
                world,
                volumes,
                "v",
                List.of(
                        "{'spec':{'hostPath':{'path':'/other'}}}",
                        "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is"
                                + " immutable after creation"));
        world.create(classes, storageClass());
        Refusals.checkChange(
                world,
                classes,
                "fast",
                List.of(
                        "{'provisioner':'example.com/other'}",
                        "provisioner: Forbidden: updates to provisioner are forbidden."));
    }

    @Test
    void theRowsAreKubectls() {
        var storageClass = storageClass();
        Tree.child(Tree.child(storageClass, "metadata"), "annotations")
                .put("storageclass.kubernetes.io/is-default-class", "true");
        assertThat(row(classes, world.create(classes, storageClass)))
                .isEqualTo(
                        "[\"fast"
                            + " (default)\",\"example.com/disks\",\"Delete\",\"Immediate\",false,\"0s\"]");
        var volume = volume();
        Tree.child(volume, "spec").put("storageClassName", "fast");
        assertThat(row(volumes, world.create(volumes, volume)))
                .isEqualTo(
                        "[\"v\",\"1Gi\",\"RWO\",\"Retain\",\"Pending\",\"\",\"fast\",\"<unset>\",\"\",\"0s\",\"Filesystem\"]");
        var claim = claim();
        Tree.child(claim, "spec").put("volumeName", "v").put("storageClassName", "fast");
        assertThat(row(claims, world.create(claims, claim)))
                .isEqualTo(
                        "[\"c\",\"Pending\",\"v\",\"0\",\"\",\"fast\",\"<unset>\",\"0s\",\"Filesystem\"]");
    }

    private String row(ResourceType type, ObjectNode object) {
        var table = world.registry.table(type, List.of(object), true, Tables.Include.NONE);
        return table.path("rows").path(0).path("cells").toString();
    }
}
