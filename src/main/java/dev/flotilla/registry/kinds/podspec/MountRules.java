package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Where a container sees its volumes: as files, or as devices.
final class MountRules {
    private static final List<String> PROPAGATION =
            List.of("Bidirectional", "HostToContainer", "None");
    private static final List<String> RECURSIVE = List.of("Disabled", "Enabled", "IfPossible");
    private static final List<String> SUB_PATHS = List.of("subPath", "subPathExpr");

    private MountRules() {}

    static void check(ObjectNode c, String at, Frame frame) {
        var mounted = paths(c, "volumeMounts", "mountPath");
        var devices = paths(c, "volumeDevices", "devicePath");
        mounts(c, at + ".volumeMounts", devices, frame);
        devices(c, at + ".volumeDevices", mounted, frame);
    }

    private static Map<String, String> paths(ObjectNode c, String list, String path) {
        var all = new HashMap<String, String>();
        Tree.objects(c, list).forEach(m -> all.put(Tree.text(m, "name"), Tree.text(m, path)));
        return all;
    }

    private static void mounts(ObjectNode c, String at, Map<String, String> devices, Frame frame) {
        var problems = frame.problems();
        var paths = new HashSet<String>();
        int i = 0;
        for (var mount : Tree.objects(c, "volumeMounts")) {
            var field = at + "[" + i++ + "]";
            var name = Tree.text(mount, "name");
            var path = Tree.text(mount, "mountPath");
            if (name.isEmpty()) {
                problems.required(field + ".name", "");
            }
            var volume = frame.volumes().get(name);
            if (volume == null) {
                problems.notFound(field + ".name", name);
            }
            if (path.isEmpty()) {
                problems.required(field + ".mountPath", "");
            }
            if (!paths.add(path)) {
                problems.invalid(field + ".mountPath", path, "must be unique");
            }
            if (devices.containsKey(name)) {
                problems.invalid(field + ".name", name, "must not already exist in volumeDevices");
            }
            if (devices.containsValue(path)) {
                problems.invalid(
                        field + ".mountPath",
                        path,
                        "must not already exist as a path in volumeDevices");
            }
            subPaths(mount, at, field, volume != null && volume.has("image"), problems);
            propagation(mount, c, at + ".mountPropagation", problems);
            readOnly(mount, at + ".recursiveReadOnly", problems);
        }
    }

    private static void subPaths(
            ObjectNode mount, String at, String field, boolean image, Problems problems) {
        for (var sub : SUB_PATHS) {
            var path = Tree.text(mount, sub);
            if (image && !path.isEmpty()) {
                problems.invalid(field + "." + sub, path, "not allowed in image volume sources");
            }
        }
        PathRules.descending(Tree.text(mount, "subPath"), at + ".subPath", problems);
        var expression = Tree.text(mount, "subPathExpr");
        if (!expression.isEmpty() && !Tree.text(mount, "subPath").isEmpty()) {
            problems.invalid(
                    field + ".subPathExpr",
                    expression,
                    "subPathExpr and subPath are mutually exclusive");
        }
        PathRules.descending(expression, at + ".subPathExpr", problems);
    }

    private static void propagation(ObjectNode mount, ObjectNode c, String at, Problems problems) {
        if (!Tree.has(mount, "mountPropagation")) {
            return;
        }
        var way = Tree.text(mount, "mountPropagation");
        if (!PROPAGATION.contains(way)) {
            problems.unsupported(at, way, PROPAGATION);
        }
        if (way.equals("Bidirectional") && !Tree.isTrue(c, "securityContext", "privileged")) {
            problems.forbidden(
                    at,
                    "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    private static void readOnly(ObjectNode mount, String at, Problems problems) {
        if (!Tree.has(mount, "recursiveReadOnly")) {
            return;
        }
        var how = Tree.text(mount, "recursiveReadOnly");
        if (!RECURSIVE.contains(how)) {
            problems.unsupported(at, how, RECURSIVE);
            return;
        }
        if (how.equals("Disabled")) {
            return;
        }
        if (!Tree.isTrue(mount, "readOnly")) {
            problems.forbidden(at, "may only be specified when readOnly is true");
        }
        if (Tree.has(mount, "mountPropagation")
                && !Tree.text(mount, "mountPropagation").equals("None")) {
            problems.forbidden(
                    at, "may only be specified when mountPropagation is None or not specified");
        }
    }

    private static void devices(ObjectNode c, String at, Map<String, String> mounts, Frame frame) {
        var problems = frame.problems();
        var paths = new HashSet<String>();
        var names = new HashSet<String>();
        int i = 0;
        for (var device : Tree.objects(c, "volumeDevices")) {
            var field = at + "[" + i++ + "]";
            var name = Tree.text(device, "name");
            var path = Tree.text(device, "devicePath");
            if (name.isEmpty()) {
                problems.required(field + ".name", "");
            } else if (!names.add(name)) {
                problems.invalid(field + ".name", name, "must be unique");
            }
            var volume = frame.volumes().get(name);
            if (volume == null) {
                problems.notFound(field + ".name", name);
            } else if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
                problems.invalid(
                        field + ".name",
                        name,
                        "can only use volume source type of PersistentVolumeClaim or Ephemeral for"
                                + " block mode");
            }
            if (path.isEmpty()) {
                problems.required(field + ".devicePath", "");
            }
            if (paths.contains(path)) {
                problems.invalid(field + ".devicePath", path, "must be unique");
            }
            if (PathRules.stepsBack(path)) {
                problems.invalid(field + ".devicePath", path, "can not contain backsteps ('..')");
            } else {
                paths.add(path);
            }
            if (mounts.containsKey(name)) {
                problems.invalid(field + ".name", name, "must not already exist in volumeMounts");
            }
            if (mounts.containsValue(path)) {
                problems.invalid(
                        field + ".devicePath",
                        path,
                        "must not already exist as a path in volumeMounts");
            }
        }
    }
}
