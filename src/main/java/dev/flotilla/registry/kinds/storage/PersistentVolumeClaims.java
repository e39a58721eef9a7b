package dev.flotilla.registry.kinds.storage;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kinds.podspec.ClaimSpecRules;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

final class PersistentVolumeClaims implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "persistentvolumeclaims", PersistentVolumeClaim.class)
                    .shortNames("pvc")
                    .status()
                    .build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public void defaults(ObjectNode object) {
        Tree.setDefault(Tree.child(object, "spec"), "volumeMode", "Filesystem");
    }

    /// Where its first content comes from has an older and a newer name; each fills the other.
    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status").put("phase", "Pending");
        Volumes.protect(object, "kubernetes.io/pvc-protection");
        var spec = Tree.child(object, "spec");
        if (spec.get("dataSource") instanceof ObjectNode source && !spec.has("dataSourceRef")) {
            spec.set("dataSourceRef", source.deepCopy());
        } else if (spec.get("dataSourceRef") instanceof ObjectNode ref
                && !spec.has("dataSource")
                && Tree.text(ref, "namespace").isEmpty()) {
            spec.set("dataSource", ref.deepCopy());
        }
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        ClaimSpecRules.check(Tree.at(object, "spec"), "spec", problems);
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        var was = Tree.copy(before, "spec");
        var is = Tree.copy(after, "spec");
        if (Tree.text(was, "volumeName").isEmpty()) {
            Tree.carry(is, was, "volumeName");
        }
        if (!was.has("storageClassName")) {
            Tree.carry(is, was, "storageClassName");
        }
        if (Tree.text(after, "status", "phase").equals("Bound")) {
            if (is.path("resources").path("requests") instanceof ObjectNode requests) {
                Tree.carry(Tree.copy(was, "resources", "requests"), requests, "storage");
            }
            Tree.carry(was, is, "volumeAttributesClassName");
        }
        if (!Tree.same(was, is)) {
            problems.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and"
                            + " volumeAttributesClassName for bound claims");
        }
        smaller(before, after, problems);
        Counts.immutable(
                Tree.at(before, "spec"), Tree.at(after, "spec"), "", problems, "volumeMode");
    }

    /// Less may be asked for only while more than there is was asked for.
    private static void smaller(ObjectNode before, ObjectNode after, Problems problems) {
        var wanted = Checks.amount(Tree.at(after, "spec", "resources", "requests", "storage"));
        var was = Checks.amount(Tree.at(before, "spec", "resources", "requests", "storage"));
        var there = Checks.amount(Tree.at(before, "status", "capacity", "storage"));
        if (wanted.compareTo(was) < 0 && wanted.compareTo(there) <= 0) {
            problems.forbidden(
                    "spec.resources.requests.storage",
                    "field can not be less than status.capacity");
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
                Column.text("Status", "What it is at.", (o, _) -> Volumes.phase(o)),
                Column.text(
                        "Volume",
                        "The volume it got.",
                        (o, _) -> Tree.text(o, "spec", "volumeName")),
                Column.text("Capacity", "How much it got.", (o, _) -> capacity(o)),
                Column.text(
                        "Access Modes",
                        "How it may be mounted.",
                        (o, _) ->
                                bound(o)
                                        ? Volumes.shortModes(Tree.at(o, "status", "accessModes"))
                                        : ""),
                Column.text("StorageClass", "Its class.", (o, _) -> Volumes.classOf(o)),
                Column.text(
                        "VolumeAttributesClass",
                        "The class of its attributes.",
                        (o, _) -> Volumes.orUnset(o, "volumeAttributesClassName")),
                Column.AGE,
                Column.wide(
                        "VolumeMode",
                        "Files, or a bare device.",
                        (o, _) -> Volumes.orUnset(o, "volumeMode")));
    }

    private static boolean bound(ObjectNode object) {
        return !Tree.text(object, "spec", "volumeName").isEmpty();
    }

    private static String capacity(ObjectNode object) {
        var storage = Tree.text(object, "status", "capacity", "storage");
        return !bound(object) ? "" : storage.isEmpty() ? "0" : storage;
    }
}
