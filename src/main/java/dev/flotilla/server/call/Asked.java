package dev.flotilla.server.call;

import java.util.Locale;

/// What a request asks for, in the words of Kubernetes' authorization, audit and measurements.
///
/// @param verb such as `list`, or the HTTP method in lower case for what is no object
/// @param path without the query
/// @param group empty for the core, as all that follow are for what is no object
public record Asked(
        String verb,
        String path,
        String group,
        String version,
        String namespace,
        String resource,
        String subresource,
        String name) {

    public static Asked of(String method, String path, Query query) {
        if (!(Route.of(path) instanceof Route.Resource at)) {
            return new Asked(method.toLowerCase(Locale.ROOT), path, "", "", "", "", "", "");
        }
        return new Asked(
                verb(method, at, query),
                path,
                at.group(),
                at.version(),
                at.plural().equals("namespaces") ? at.name() : at.namespace(),
                at.plural(),
                at.subresource(),
                at.name());
    }

    private static String verb(String method, Route.Resource at, Query query) {
        var one = !at.name().isEmpty();
        return switch (method) {
            case "GET", "HEAD" -> {
                if (at.watched() || (!one && query.flag("watch"))) {
                    yield "watch";
                }
                yield one ? "get" : "list";
            }
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> one ? "delete" : "deletecollection";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    public boolean ofObjects() {
        return !resource.isEmpty();
    }

    /// Whether the answer ends when someone goes, not when it is complete.
    public boolean isLong(Query query) {
        return verb.equals("watch")
                || switch (subresource) {
                    case "exec", "attach", "portforward", "proxy" -> true;
                    case "log" -> query.flag("follow");
                    default -> false;
                };
    }

    public boolean isWrite() {
        return switch (verb) {
            case "create", "update", "patch", "delete", "deletecollection" -> true;
            default -> false;
        };
    }

    /// Such as `namespace` or `cluster` or `resource`, as measurements tell it.
    public String scope() {
        if (!ofObjects()) {
            return "";
        }
        if (!name.isEmpty() || verb.equals("create")) {
            return "resource";
        }
        return namespace.isEmpty() ? "cluster" : "namespace";
    }
}
