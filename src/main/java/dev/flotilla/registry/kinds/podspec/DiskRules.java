package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Disks and shares, of pods and of persistent volumes alike: what each has to say.
public final class DiskRules {
    private static final List<String> PATH_TYPES =
            List.of(
                    "",
                    "BlockDevice",
                    "CharDevice",
                    "Directory",
                    "DirectoryOrCreate",
                    "File",
                    "FileOrCreate",
                    "Socket");
    private static final Map<String, List<String>> NEEDED =
            Map.ofEntries(
                    Map.entry("gitRepo", List.of("repository")),
                    Map.entry("gcePersistentDisk", List.of("pdName")),
                    Map.entry("awsElasticBlockStore", List.of("volumeID")),
                    Map.entry("nfs", List.of("server", "path")),
                    Map.entry("iscsi", List.of("targetPortal", "iqn")),
                    Map.entry("glusterfs", List.of("endpoints", "path")),
                    Map.entry("rbd", List.of("monitors", "image")),
                    Map.entry("cinder", List.of("volumeID")),
                    Map.entry("cephfs", List.of("monitors")),
                    Map.entry("flexVolume", List.of("driver")),
                    Map.entry("azureFile", List.of("secretName", "shareName")),
                    Map.entry("vsphereVolume", List.of("volumePath")),
                    Map.entry("photonPersistentDisk", List.of("pdID")),
                    Map.entry("portworxVolume", List.of("volumeID")),
                    Map.entry("azureDisk", List.of("diskName", "diskURI")),
                    Map.entry("scaleIO", List.of("gateway", "system", "volumeName")));
    private static final int MOST = 255;
    private static final int LONGEST_DRIVER = 63;

    private DiskRules() {}

    public static void check(String kind, JsonNode source, String at, Problems problems) {
        if (kind.equals("hostPath")) {
            hostPath(source, at, problems);
            return;
        }
        for (var field : NEEDED.getOrDefault(kind, List.of())) {
            needed(source, field, at, problems);
        }
        switch (kind) {
            case "gitRepo" ->
                    PathRules.descending(
                            Tree.text(source, "directory"), at + ".directory", problems);
            case "nfs" -> {
                if (!Tree.text(source, "path").startsWith("/")) {
                    problems.invalid(
                            at + ".path", Tree.text(source, "path"), "must be an absolute path");
                }
            }
            case "gcePersistentDisk", "awsElasticBlockStore" -> {
                long partition = Tree.number(source, 0, "partition");
                if (partition < 0 || partition > MOST) {
                    problems.invalid(
                            at + ".partition",
                            partition,
                            "must be between 1 and %d, inclusive".formatted(MOST));
                }
            }
            case "iscsi" -> iscsi(source, at, problems);
            case "flocker" -> flocker(source, at, problems);
            case "fc" -> fc(source, at, problems);
            case "quobyte" -> {
                if (Tree.text(source, "registry").isEmpty()) {
                    problems.required(
                            at + ".registry",
                            "must be a host:port pair or multiple pairs separated by commas");
                }
                needed(source, "volume", at, problems);
            }
            case String other -> {
                // Asks for nothing more.
            }
        }
    }

    private static void hostPath(JsonNode source, String at, Problems problems) {
        var path = Tree.text(source, "path");
        if (path.isEmpty()) {
            problems.required(at + ".path", "");
            return;
        }
        PathRules.noBacksteps(path, at + ".path", problems);
        Checks.oneOfIfSet(source, "type", PATH_TYPES, at, problems);
    }

    private static void iscsi(JsonNode source, String at, Problems problems) {
        var iqn = Tree.text(source, "iqn");
        if (!iqn.isEmpty() && List.of("iqn", "eui", "naa").stream().noneMatch(iqn::startsWith)) {
            problems.invalid(
                    at + ".iqn", iqn, "must be valid format starting with iqn, eui, or naa");
        }
        long lun = Tree.number(source, 0, "lun");
        if (lun < 0 || lun > MOST) {
            problems.invalid(
                    at + ".lun", lun, "must be between 0 and %d, inclusive".formatted(MOST));
        }
        boolean secret =
                Tree.isTrue(source, "chapAuthDiscovery") || Tree.isTrue(source, "chapAuthSession");
        if (secret && !Tree.has(source, "secretRef")) {
            problems.required(at + ".secretRef", "");
        }
    }

    private static void flocker(JsonNode source, String at, Problems problems) {
        var name = Tree.text(source, "datasetName");
        var id = Tree.text(source, "datasetUUID");
        if (name.isEmpty() && id.isEmpty()) {
            problems.required(at, "one of datasetName and datasetUUID is required");
        }
        if (!name.isEmpty() && !id.isEmpty()) {
            problems.invalid(
                    at,
                    "resource",
                    "datasetName and datasetUUID can not be specified simultaneously");
        }
        if (name.contains("/")) {
            problems.invalid(at + ".datasetName", name, "must not contain '/'");
        }
    }

    private static void fc(JsonNode source, String at, Problems problems) {
        boolean targets = !Tree.texts(source, "targetWWNs").isEmpty();
        boolean ids = !Tree.texts(source, "wwids").isEmpty();
        var field = at + ".targetWWNs";
        if (!targets && !ids) {
            problems.required(field, "must specify either targetWWNs or wwids, but not both");
        }
        if (targets && ids) {
            problems.invalid(
                    field,
                    Tree.at(source, "targetWWNs"),
                    "targetWWNs and wwids can not be specified simultaneously");
        }
        if (targets && !Tree.has(source, "lun")) {
            problems.required(at + ".lun", "lun is required if targetWWNs is specified");
        }
    }

    /// Who looks after the volume.
    public static void driver(JsonNode source, String at, Problems problems) {
        var driver = Tree.text(source, "driver");
        if (driver.isEmpty()) {
            problems.required(at + ".driver", "");
        }
        if (driver.length() > LONGEST_DRIVER) {
            problems.tooLong(at + ".driver", LONGEST_DRIVER);
        }
        if (!driver.isEmpty()) {
            Checks.subdomain(driver.toLowerCase(Locale.ROOT), at + ".driver", problems);
        }
    }

    /// A text, or a list, that can't be left out.
    public static void needed(JsonNode source, String name, String at, Problems problems) {
        var value = Tree.at(source, name);
        if (value.isArray() ? value.isEmpty() : Tree.text(source, name).isEmpty()) {
            problems.required(at + "." + name, "");
        }
    }
}
