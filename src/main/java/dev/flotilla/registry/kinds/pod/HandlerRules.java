package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Probes and hooks: what is done to a container, in one of a few ways.
final class HandlerRules {
    private static final List<String> OF_PROBES = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final List<String> OF_HOOKS = List.of("exec", "httpGet", "tcpSocket", "sleep");
    private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");

    private HandlerRules() {}

    static void probes(ObjectNode container, String at, Problems problems) {
        for (var name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (!(container.get(name) instanceof ObjectNode probe)) {
                continue;
            }
            var field = at + "." + name;
            handler(probe, OF_PROBES, field, problems);
            Counts.notNegative(
                    probe,
                    field,
                    problems,
                    "initialDelaySeconds",
                    "timeoutSeconds",
                    "periodSeconds",
                    "successThreshold",
                    "failureThreshold");
            long grace = Tree.number(probe, 1, "terminationGracePeriodSeconds");
            if (grace <= 0) {
                problems.invalid(
                        field + ".terminationGracePeriodSeconds", grace, "must be greater than 0");
            }
            if (name.equals("readinessProbe")) {
                if (probe.has("terminationGracePeriodSeconds")) {
                    problems.invalid(
                            field + ".terminationGracePeriodSeconds",
                            grace,
                            "must not be set for readinessProbes");
                }
            } else if (Tree.number(probe, 1, "successThreshold") != 1) {
                problems.invalid(
                        field + ".successThreshold",
                        Tree.number(probe, 1, "successThreshold"),
                        "must be 1");
            }
        }
    }

    static void hooks(ObjectNode container, String at, Problems problems) {
        for (var name : List.of("postStart", "preStop")) {
            if (container.path("lifecycle").path(name) instanceof ObjectNode hook) {
                handler(hook, OF_HOOKS, at + ".lifecycle." + name, problems);
            }
        }
    }

    private static void handler(
            ObjectNode handler, List<String> ways, String at, Problems problems) {
        var found = ways.stream().filter(handler::has).toList();
        if (found.isEmpty()) {
            problems.required(at, "must specify a handler type");
            return;
        }
        found.stream()
                .skip(1)
                .forEach(
                        w ->
                                problems.forbidden(
                                        at + "." + w, "may not specify more than 1 handler type"));
        var first = found.getFirst();
        way(first, Tree.at(handler, first), at + "." + first, problems);
    }

    private static void way(String way, JsonNode how, String at, Problems problems) {
        switch (way) {
            case "exec" -> {
                if (Tree.at(how, "command").isEmpty()) {
                    problems.required(at + ".command", "");
                }
            }
            case "httpGet" -> {
                if (Tree.text(how, "path").isEmpty()) {
                    problems.required(at + ".path", "");
                }
                Checks.port(Tree.at(how, "port"), at + ".port", problems);
                Checks.oneOf(how, "scheme", SCHEMES, at, problems);
            }
            case "tcpSocket", "grpc" -> Checks.port(Tree.at(how, "port"), at + ".port", problems);
            case String other -> {
                // To sleep can't be said wrong.
            }
        }
    }
}
