package dev.flotilla.registry.kinds.network;

import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Ports;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What an ingress must not say.
final class IngressRules {
    private static final String OLD_CLASS = "kubernetes.io/ingress.class";
    private static final List<String> PATH_TYPES =
            List.of("Exact", "ImplementationSpecific", "Prefix");
    private static final List<String> NOT_IN_PATHS = List.of("//", "/./", "/../", "%2f", "%2F");
    private static final List<String> NOT_AT_THE_END = List.of("/..", "/.");

    private IngressRules() {}

    static void check(ObjectNode object, Problems problems) {
        var spec = Tree.at(object, "spec");
        var rules = Tree.objects(spec, "rules");
        if (rules.isEmpty() && !Tree.has(spec, "defaultBackend")) {
            var value = Tree.at(spec, "rules");
            problems.invalid("spec", value, "either `defaultBackend` or `rules` must be specified");
        }
        if (Tree.has(spec, "defaultBackend")) {
            backend(Tree.at(spec, "defaultBackend"), "spec.defaultBackend", problems);
        }
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), "spec.rules[" + i + "]", problems);
        }
        tls(spec, problems);
        if (Tree.has(spec, "ingressClassName")) {
            Checks.subdomain(
                    Tree.text(spec, "ingressClassName"), "spec.ingressClassName", problems);
        }
    }

    /// A new ingress names its class by the field or by the older annotation: if by both, the same.
    static void checkNew(ObjectNode object, Problems problems) {
        var old = Tree.text(object, "metadata", "annotations", OLD_CLASS);
        if (Tree.has(object, "metadata", "annotations", OLD_CLASS)
                && Tree.has(object, "spec", "ingressClassName")
                && !old.equals(Tree.text(object, "spec", "ingressClassName"))) {
            problems.invalid(
                    "annotations." + OLD_CLASS,
                    old,
                    "must match `ingressClassName` when both are specified");
        }
    }

    private static void rule(ObjectNode rule, String at, Problems problems) {
        var host = Tree.text(rule, "host");
        if (!host.isEmpty()) {
            if (Addresses.parse(host).isPresent()) {
                problems.invalid(at + ".host", host, "must be a DNS name, not an IP address");
            }
            host(host, at + ".host", problems);
        }
        if (!Tree.has(rule, "http")) {
            return;
        }
        var paths = Tree.objects(rule, "http", "paths");
        if (paths.isEmpty()) {
            problems.required(at + ".http.paths", "");
        }
        for (int i = 0; i < paths.size(); i++) {
            path(paths.get(i), at + ".http.paths[" + i + "]", problems);
        }
    }

    private static void host(String host, String field, Problems problems) {
        if (host.contains("*")) {
            Names.wildcard(host).forEach(why -> problems.invalid(field, host, why));
        } else {
            Checks.subdomain(host, field, problems);
        }
    }

    private static void path(ObjectNode entry, String at, Problems problems) {
        var path = Tree.text(entry, "path");
        if (!Tree.has(entry, "pathType")) {
            problems.required(at + ".pathType", "pathType must be specified");
            return;
        }
        switch (Tree.text(entry, "pathType")) {
            case "Exact", "Prefix" -> plain(path, at + ".path", problems);
            case "ImplementationSpecific" -> {
                if (!path.isEmpty() && !path.startsWith("/")) {
                    problems.invalid(at + ".path", path, "must be an absolute path");
                }
            }
            case String other -> problems.unsupported(at + ".pathType", other, PATH_TYPES);
        }
        backend(Tree.at(entry, "backend"), at + ".backend", problems);
    }

    private static void plain(String path, String field, Problems problems) {
        if (!path.startsWith("/")) {
            problems.invalid(field, path, "must be an absolute path");
        }
        if (path.isEmpty()) {
            return;
        }
        NOT_IN_PATHS.stream()
                .filter(path::contains)
                .forEach(s -> problems.invalid(field, path, "must not contain '" + s + "'"));
        NOT_AT_THE_END.stream()
                .filter(path::endsWith)
                .forEach(s -> problems.invalid(field, path, "cannot end with '" + s + "'"));
    }

    private static void backend(JsonNode backend, String at, Problems problems) {
        boolean resource = Tree.has(backend, "resource");
        boolean service = Tree.has(backend, "service");
        if (resource && service) {
            problems.invalid(at, "", "cannot set both resource and service backends");
        } else if (resource) {
            resource(Tree.at(backend, "resource"), at + ".resource", problems);
        } else if (service) {
            service(Tree.at(backend, "service"), at, problems);
        } else {
            problems.invalid(at, "", "resource or service backend is required");
        }
    }

    /// An object of another kind that an ingress, or a class of them, points to.
    static void resource(JsonNode resource, String at, Problems problems) {
        if (Tree.has(resource, "apiGroup")) {
            Checks.subdomain(Tree.text(resource, "apiGroup"), at + ".apiGroup", problems);
        }
        for (var field : List.of("kind", "name")) {
            var name = Tree.text(resource, field);
            if (name.isEmpty()) {
                problems.required(at + "." + field, field + " is required");
            }
            Names.segment(name).forEach(why -> problems.invalid(at + "." + field, name, why));
        }
    }

    private static void service(JsonNode service, String at, Problems problems) {
        var name = Tree.text(service, "name");
        if (name.isEmpty()) {
            problems.required(at + ".service.name", "");
        } else {
            Names.serviceLabel(name)
                    .forEach(why -> problems.invalid(at + ".service.name", name, why));
        }
        var portName = Tree.text(service, "port", "name");
        long number = Tree.number(service, 0, "port", "number");
        if (!portName.isEmpty() && number != 0) {
            problems.invalid(at, "", "cannot set both port name & port number");
        } else if (!portName.isEmpty()) {
            Checks.portName(portName, at + ".service.port.name", problems);
        } else if (number != 0) {
            Ports.check(number, at + ".service.port.number", problems);
        } else {
            problems.required(at, "port name or number is required");
        }
    }

    private static void tls(JsonNode spec, Problems problems) {
        int i = 0;
        for (var tls : Tree.objects(spec, "tls")) {
            var at = "spec.tls[" + i++ + "]";
            int h = 0;
            for (var host : Tree.texts(tls, "hosts")) {
                host(host, at + ".hosts[" + h++ + "]", problems);
            }
            var secret = Tree.text(tls, "secretName");
            if (!secret.isEmpty()) {
                Checks.subdomain(secret, at + ".secretName", problems);
            }
        }
    }
}
