package dev.flotilla.registry.kinds.storage;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kinds.pod.VolumeDefaults;
import dev.flotilla.registry.kinds.podspec.ClaimSpecRules;
import dev.flotilla.registry.kinds.podspec.NodeTerms;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.PersistentVolume;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

final class PersistentVolumes implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "persistentvolumes", PersistentVolume.class)
                    .shortNames("pv")
                    .clusterScoped()
                    .status()
                    .build();
    private static final List<String> RECLAIM = List.of("Delete", "Recycle", "Retain");

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public void defaults(ObjectNode object) {
        var spec = Tree.child(object, "spec");
        Tree.setDefault(spec, "persistentVolumeReclaimPolicy", "Retain");
        Tree.setDefault(spec, "volumeMode", "Filesystem");
        VolumeDefaults.disks(spec);
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status")
                .put("phase", "Pending")
                .put("lastPhaseTransitionTime", Tree.text(object, "metadata", "creationTimestamp"));
        Volumes.protect(object, "kubernetes.io/pv-protection");
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var spec = Tree.at(object, "spec");
        ClaimSpecRules.accessModes(spec, "spec.accessModes", "", problems);
        capacity(Tree.at(spec, "capacity"), problems);
        Checks.oneOfIfSet(spec, "persistentVolumeReclaimPolicy", RECLAIM, "spec", problems);
        placed(Tree.at(spec, "nodeAffinity"), problems);
        VolumeSources.check(spec, problems);
        ClaimSpecRules.className(spec, "storageClassName", "spec", problems);
        Checks.oneOfIfSet(spec, "volumeMode", Volumes.MODES, "spec", problems);
        if (Tree.has(spec, "volumeAttributesClassName")) {
            if (Tree.text(spec, "volumeAttributesClassName").isEmpty()) {
                problems.required(
                        "spec.volumeAttributesClassName", "an empty string is disallowed");
            }
            ClaimSpecRules.className(spec, "volumeAttributesClassName", "spec", problems);
            if (!Tree.has(spec, "csi")) {
                problems.required(
                        "spec.csi", "has to be specified when using volumeAttributesClassName");
            }
        }
    }

    private static void placed(JsonNode affinity, Problems problems) {
        if (Tree.has(affinity, "required")) {
            NodeTerms.check(Tree.at(affinity, "required"), "spec.nodeAffinity.required", problems);
        } else if (!affinity.isMissingNode()) {
            problems.required(
                    "spec.nodeAffinity.required", "must specify required node constraints");
        }
    }

    private static void capacity(JsonNode capacity, Problems problems) {
        if (capacity.isEmpty()) {
            problems.required("spec.capacity", "");
        }
        if (!capacity.has("storage") || capacity.size() > 1) {
            problems.notOneOf("spec.capacity", capacity, List.of("storage"));
        }
        for (var c : Tree.fields(capacity)) {
            var field = "spec.capacity[" + c.getKey() + "]";
            if (Checks.amount(c.getValue()).signum() < 0) {
                problems.invalid(
                        field,
                        Checks.amount(c.getValue()).longValue(),
                        "must be a valid resource quantity");
            }
            Checks.positiveQuantity(c.getValue(), field, problems);
        }
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        VolumeSources.checkSame(before, after, problems);
        Counts.immutable(
                Tree.at(before, "spec"), Tree.at(after, "spec"), "", problems, "volumeMode");
        if (Tree.has(before, "spec", "nodeAffinity")) {
            placedAsBefore(before, after, problems);
        }
        if (Tree.has(before, "spec", "volumeAttributesClassName")
                && !Tree.has(after, "spec", "volumeAttributesClassName")) {
            problems.forbidden(
                    "spec.volumeAttributesClassName",
                    "update from non-nil value to nil is forbidden");
        }
    }

    private static void placedAsBefore(ObjectNode before, ObjectNode after, Problems problems) {
        var is = Tree.at(after, "spec", "nodeAffinity");
        if (!Tree.same(Tree.at(before, "spec", "nodeAffinity"), is)) {
            problems.invalid(
                    "nodeAffinity",
                    is,
                    "field is immutable, except for updating from beta label to GA");
        }
    }

    @Override
    public boolean answersDeleted() {
        return true;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Capacity",
                        "How much it holds.",
                        (o, _) -> Tree.text(o, "spec", "capacity", "storage")),
                Column.text(
                        "Access Modes",
                        "How it may be mounted.",
                        (o, _) -> Volumes.shortModes(Tree.at(o, "spec", "accessModes"))),
                Column.text(
                        "Reclaim Policy",
                        "What becomes of it when its claim goes.",
                        (o, _) -> Tree.text(o, "spec", "persistentVolumeReclaimPolicy")),
                Column.text("Status", "What it is at.", (o, _) -> Volumes.phase(o)),
                Column.text(
                        "Claim", "Whose it is.", (o, _) -> claim(Tree.at(o, "spec", "claimRef"))),
                Column.text("StorageClass", "Its class.", (o, _) -> Volumes.classOf(o)),
                Column.text(
                        "VolumeAttributesClass",
                        "The class of its attributes.",
                        (o, _) -> Volumes.orUnset(o, "volumeAttributesClassName")),
                Column.text(
                        "Reason", "Why it is at that.", (o, _) -> Tree.text(o, "status", "reason")),
                Column.AGE,
                Column.wide(
                        "VolumeMode",
                        "Files, or a bare device.",
                        (o, _) -> Volumes.orUnset(o, "volumeMode")));
    }

    private static String claim(JsonNode claim) {
        return claim.isMissingNode()
                ? ""
                : Tree.text(claim, "namespace") + "/" + Tree.text(claim, "name");
    }
}
