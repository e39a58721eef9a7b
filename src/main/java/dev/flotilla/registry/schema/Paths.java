package dev.flotilla.registry.schema;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The paths of one kind, with what may be asked of each.
final class Paths {
    private static final List<String> PATCHES =
            List.of(
                    "application/apply-patch+yaml",
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json");
    private static final List<String> BODIES =
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");
    private static final List<String> LISTING =
            List.of(
                    "allowWatchBookmarks",
                    "continue",
                    "fieldSelector",
                    "labelSelector",
                    "limit",
                    "resourceVersion",
                    "resourceVersionMatch",
                    "sendInitialEvents",
                    "timeoutSeconds",
                    "watch");
    private static final List<String> WRITING =
            List.of("dryRun", "fieldManager", "fieldValidation");
    private static final List<String> DELETING =
            List.of("dryRun", "gracePeriodSeconds", "orphanDependents", "propagationPolicy");

    private final ResourceType type;
    private final String root;

    Paths(ResourceType type) {
        this.type = type;
        root = (type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion();
    }

    void addTo(ObjectNode paths) {
        var collection =
                root + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
        if (type.namespaced() && type.verbs().contains("list")) {
            var everywhere = paths.putObject(root + "/" + type.plural());
            operation(everywhere, "get", "list", LISTING);
        }
        var all = parameters(paths.putObject(collection), false);
        operation(all, "get", "list", LISTING);
        operation(all, "post", "create", WRITING);
        operation(all, "delete", "deletecollection", DELETING);
        if (!type.verbs().contains("get")) {
            return;
        }
        one(parameters(paths.putObject(collection + "/{name}"), true), true);
        if (type.hasStatus()) {
            one(parameters(paths.putObject(collection + "/{name}/status"), true), false);
        }
        if (type.hasScale()) {
            one(parameters(paths.putObject(collection + "/{name}/scale"), true), false);
        }
    }

    private void one(ObjectNode path, boolean whole) {
        operation(path, "get", "get", List.of());
        operation(path, "put", "update", WRITING);
        operation(
                path,
                "patch",
                "patch",
                List.of("dryRun", "fieldManager", "fieldValidation", "force"));
        if (whole) {
            operation(path, "delete", "delete", DELETING);
        }
    }

    private void operation(ObjectNode path, String method, String verb, List<String> parameters) {
        if (!type.verbs().contains(verb)) {
            return;
        }
        var operation = path.putObject(method);
        var list = operation.putArray("parameters");
        parameters.forEach(p -> query(list, p));
        if (method.equals("patch")) {
            content(operation.putObject("requestBody"), PATCHES, "");
        } else if (method.equals("post") || method.equals("put")) {
            content(operation.putObject("requestBody"), BODIES, ComponentNames.of(type.model()));
        }
        var answer = ComponentNames.of(type.model()) + (verb.equals("list") ? "List" : "");
        var ok = operation.putObject("responses").putObject("200").put("description", "OK");
        content(ok, BODIES, answer);
        operation.put("x-kubernetes-action", verb.equals("create") ? "post" : verb);
        operation
                .putObject("x-kubernetes-group-version-kind")
                .put("group", type.group())
                .put("kind", type.kind())
                .put("version", type.version());
    }

    private static void content(ObjectNode holder, List<String> types, String component) {
        var content = holder.putObject("content");
        for (var type : types) {
            var schema = content.putObject(type).putObject("schema");
            if (component.isEmpty()) {
                schema.put("type", "object");
            } else {
                schema.put("$ref", "#/components/schemas/" + component);
            }
        }
    }

    private ObjectNode parameters(ObjectNode path, boolean named) {
        var parameters = path.putArray("parameters");
        if (named) {
            inPath(parameters, "name");
        }
        if (type.namespaced()) {
            inPath(parameters, "namespace");
        }
        query(parameters, "pretty");
        return path;
    }

    private static void inPath(ArrayNode parameters, String name) {
        parameters
                .addObject()
                .put("name", name)
                .put("in", "path")
                .put("required", true)
                .set("schema", text());
    }

    private static void query(ArrayNode parameters, String name) {
        var schema =
                switch (name) {
                    case "limit", "timeoutSeconds", "gracePeriodSeconds" ->
                            Tree.empty().put("type", "integer").put("uniqueItems", true);
                    case "allowWatchBookmarks",
                            "sendInitialEvents",
                            "watch",
                            "force",
                            "orphanDependents" ->
                            Tree.empty().put("type", "boolean").put("uniqueItems", true);
                    default -> text();
                };
        parameters.addObject().put("name", name).put("in", "query").set("schema", schema);
    }

    private static ObjectNode text() {
        return Tree.empty().put("type", "string").put("uniqueItems", true);
    }
}
