package dev.flotilla.server.call;

import java.util.List;

/// What a path names.
public sealed interface Route {
    /// `/api`
    record CoreVersions() implements Route {}

    /// `/apis`
    record Groups() implements Route {}

    /// `/apis/GROUP`
    record Group(String group) implements Route {}

    /// `/api/v1` or `/apis/GROUP/VERSION`
    record GroupVersion(String group, String version) implements Route {}

    /// Objects of a kind, one of them, or a part of one.
    ///
    /// @param namespace empty for all of them, or where there is none
    /// @param name empty for the collection
    /// @param subresource empty for the object itself
    /// @param watched by the older paths with `/watch/` in front, which ask for changes
    record Resource(
            String group,
            String version,
            String namespace,
            String plural,
            String name,
            String subresource,
            boolean watched)
            implements Route {}

    /// Something else than objects.
    record Page(String path) implements Route {}

    static Route of(String path) {
        var parts = List.of(trimmed(path).split("/", -1));
        return switch (parts.getFirst()) {
            case "api" ->
                    switch (parts.size()) {
                        case 1 -> new CoreVersions();
                        case 2 -> new GroupVersion("", parts.get(1));
                        default -> resource(path, "", parts.get(1), parts.subList(2, parts.size()));
                    };
            case "apis" ->
                    switch (parts.size()) {
                        case 1 -> new Groups();
                        case 2 -> new Group(parts.get(1));
                        case 3 -> new GroupVersion(parts.get(1), parts.get(2));
                        default ->
                                resource(
                                        path,
                                        parts.get(1),
                                        parts.get(2),
                                        parts.subList(3, parts.size()));
                    };
            default -> new Page("/" + trimmed(path));
        };
    }

    /// A namespace's own parts are told from the kinds within it by their names, as Kubernetes
    /// does.
    private static Route resource(String path, String group, String version, List<String> all) {
        var watched = all.getFirst().equals("watch") && all.size() > 1;
        var rest = watched ? all.subList(1, all.size()) : all;
        var withinNamespace =
                rest.getFirst().equals("namespaces")
                        && rest.size() >= 3
                        && !rest.get(2).equals("status")
                        && !rest.get(2).equals("finalize");
        var namespace = withinNamespace ? rest.get(1) : "";
        var own = withinNamespace ? rest.subList(2, rest.size()) : rest;
        if (own.size() > 3 && own.get(2).equals("proxy") && !watched) {
            // The rest is somebody else's, however it looks.
            return resource(path, group, version, all.subList(0, all.size() - own.size() + 3));
        }
        if (own.size() > (watched ? 2 : 3) || rest.contains("")) {
            return new Page(path);
        }
        return new Resource(
                group, version, namespace, own.getFirst(), at(own, 1), at(own, 2), watched);
    }

    private static String at(List<String> parts, int i) {
        return i < parts.size() ? parts.get(i) : "";
    }

    private static String trimmed(String path) {
        var from = path.startsWith("/") ? 1 : 0;
        var to = path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
        return path.substring(Math.min(from, to), to);
    }
}
