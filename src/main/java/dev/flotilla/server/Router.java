package dev.flotilla.server;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.call.Resources;
import dev.flotilla.server.call.Route;
import dev.flotilla.server.discovery.Discovery;
import dev.flotilla.server.discovery.OpenApi;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// Leads each request to who answers it.
final class Router {
    private final Map<String, Served> kinds = new HashMap<>();
    private final Discovery discovery;
    private final OpenApi openApi;
    private final Pages pages;

    Router(List<Resources> kinds, Discovery discovery, OpenApi openApi, Pages pages) {
        for (var some : kinds) {
            for (var type : some.types()) {
                this.kinds.putIfAbsent(
                        name(type.group(), type.version(), type.plural()), new Served(some, type));
            }
        }
        this.discovery = discovery;
        this.openApi = openApi;
        this.pages = pages;
    }

    /// A kind, and who answers for it.
    private record Served(Resources by, ResourceType type) {}

    void serve(Call call) throws IOException {
        switch (Route.of(call.path())) {
            case Route.CoreVersions _ -> {
                onlyGet(call);
                discovery.core(call);
            }
            case Route.Groups _ -> {
                onlyGet(call);
                discovery.groups(call);
            }
            case Route.Group(var group) -> {
                onlyGet(call);
                discovery.group(call, group);
            }
            case Route.GroupVersion(var group, var version) -> {
                onlyGet(call);
                discovery.resources(call, group, version);
            }
            case Route.Resource at -> serve(call, at);
            case Route.Page(var path) when path.startsWith("/openapi/") -> {
                onlyGet(call);
                openApi.serve(call, path);
            }
            case Route.Page(var path) -> {
                onlyGet(call);
                pages.serve(call, path);
            }
        }
    }

    /// Each kind, as `group/version/plural`.
    static Set<String> known(List<Resources> kinds) {
        return kinds.stream()
                .flatMap(some -> some.types().stream())
                .map(t -> name(t.group(), t.version(), t.plural()))
                .collect(Collectors.toSet());
    }

    /// The HTTP methods that make sense at this path.
    List<String> methods(String path) {
        if (!(Route.of(path) instanceof Route.Resource at)) {
            return List.of("GET", "HEAD");
        }
        var served = find(at);
        if (served == null || at.watched() || ofAllNamespaces(served.type, at)) {
            return List.of("GET");
        }
        var methods = new ArrayList<String>();
        var one = !at.name().isEmpty();
        BiConsumer<String, String> add =
                (verb, method) -> {
                    if (served.type.verbs().contains(verb)) {
                        methods.add(method);
                    }
                };
        add.accept(one ? "get" : "list", "GET");
        if (Set.of("binding", "eviction", "token").contains(at.subresource())) {
            return List.of("POST");
        }
        if (at.subresource().equals("log")) {
            return List.of("GET");
        }
        if (Set.of("attach", "exec", "portforward").contains(at.subresource())) {
            return List.of("GET", "POST");
        }
        if (at.subresource().equals("proxy")) {
            return List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
        }
        if (!one) {
            add.accept("create", "POST");
        } else {
            add.accept("update", "PUT");
            add.accept("patch", "PATCH");
        }
        if (at.subresource().isEmpty()) {
            add.accept(one ? "delete" : "deletecollection", "DELETE");
        }
        return methods;
    }

    /// Objects of all namespaces are only read.
    private static boolean ofAllNamespaces(ResourceType type, Route.Resource at) {
        return type.namespaced() && at.namespace().isEmpty();
    }

    private void serve(Call call, Route.Resource at) throws IOException {
        var served = find(at);
        if (served == null) {
            throw Refusal.noSuchPath();
        }
        check(at, served.type);
        served.by.serve(call, at, served.type);
    }

    private @Nullable Served find(Route.Resource at) {
        return kinds.get(name(at.group(), at.version(), at.plural()));
    }

    private static String name(String group, String version, String plural) {
        return group + "/" + version + "/" + plural;
    }

    /// The path must have a namespace just where the kind has one.
    private static void check(Route.Resource at, ResourceType type) {
        var wrong =
                type.namespaced()
                        ? at.namespace().isEmpty() && !at.name().isEmpty()
                        : !at.namespace().isEmpty();
        if (wrong || (at.watched() && !type.verbs().contains("watch"))) {
            throw Refusal.noSuchPath();
        }
    }

    private static void onlyGet(Call call) {
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            throw Refusal.methodNotAllowed();
        }
    }
}
