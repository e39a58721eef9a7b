package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Problems;

import java.util.List;

/// Paths within a volume, which must not lead out of it.
final class PathRules {
    private PathRules() {}

    /// A path that stays below where it begins.
    static void descending(String path, String field, Problems problems) {
        if (path.startsWith("/")) {
            problems.invalid(field, path, "must be a relative path");
        }
        noBacksteps(path, field, problems);
    }

    /// As [#descending], of what a file is made of that is written beside those of the system's
    /// own.
    static void unreserved(String path, String field, Problems problems) {
        descending(path, field, problems);
        if (path.startsWith("..") && !path.startsWith("../")) {
            problems.invalid(field, path, "must not start with '..'");
        }
    }

    static void noBacksteps(String path, String field, Problems problems) {
        if (stepsBack(path)) {
            problems.invalid(field, path, "must not contain '..'");
        }
    }

    static boolean stepsBack(String path) {
        return List.of(path.split("/", -1)).contains("..");
    }
}
