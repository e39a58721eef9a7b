package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.regex.Pattern;

/// Probes and hooks: what is done to a container, in one of a few ways.
final class HandlerRules {
    private static final List<String> OF_PROBES = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final List<String> OF_HOOKS = List.of("exec", "httpGet", "tcpSocket", "sleep");
    private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");
    private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9]+");

    private HandlerRules() {}

    static void check(ObjectNode container, String at, Frame frame) {
        for (var name : List.of("postStart", "preStop")) {
            if (container.path("lifecycle").path(name) instanceof ObjectNode hook) {
                handler(hook, OF_HOOKS, at + ".lifecycle." + name, frame);
            }
        }
        for (var name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.get(name) instanceof ObjectNode probe) {
                probe(name, probe, at + "." + name, frame);
            }
        }
    }

    private static void probe(String name, ObjectNode probe, String at, Frame frame) {
        var problems = frame.problems();
        handler(probe, OF_PROBES, at, frame);
        Counts.notNegative(
                probe,
                at,
                problems,
                "initialDelaySeconds",
                "timeoutSeconds",
                "periodSeconds",
                "successThreshold",
                "failureThreshold");
        var field = at + ".terminationGracePeriodSeconds";
        long grace = Tree.number(probe, 1, "terminationGracePeriodSeconds");
        if (grace <= 0) {
            problems.invalid(field, grace, "must be greater than 0");
        }
        long successes = Tree.number(probe, 1, "successThreshold");
        if (!name.equals("readinessProbe")) {
            if (successes != 1) {
                problems.invalid(at + ".successThreshold", successes, "must be 1");
            }
        } else if (Tree.has(probe, "terminationGracePeriodSeconds")) {
            problems.invalid(field, grace, "must not be set for readinessProbes");
        }
    }

    private static void handler(ObjectNode handler, List<String> ways, String at, Frame frame) {
        var problems = frame.problems();
        var found = ways.stream().filter(w -> Tree.has(handler, w)).toList();
        if (found.isEmpty()) {
            problems.required(at, "must specify a handler type");
            return;
        }
        var first = found.getFirst();
        way(first, Tree.at(handler, first), at + "." + first, frame);
        found.stream()
                .skip(1)
                .forEach(
                        w ->
                                problems.forbidden(
                                        at + "." + w, "may not specify more than 1 handler type"));
    }

    private static void way(String way, JsonNode how, String at, Frame frame) {
        var problems = frame.problems();
        switch (way) {
            case "exec" -> {
                if (Tree.at(how, "command").isEmpty()) {
                    problems.required(at + ".command", "");
                }
            }
            case "httpGet" -> get(how, at, problems);
            case "sleep" -> {
                long seconds = Tree.number(how, 0, "seconds");
                if (seconds < 0 || seconds > frame.grace()) {
                    problems.invalid(
                            at,
                            seconds,
                            "must be non-negative and less than terminationGracePeriodSeconds (%d)"
                                    .formatted(frame.grace()));
                }
            }
            case String other -> Checks.port(Tree.at(how, "port"), at + ".port", problems);
        }
    }

    private static void get(JsonNode how, String at, Problems problems) {
        if (Tree.text(how, "path").isEmpty()) {
            problems.required(at + ".path", "");
        }
        Checks.port(Tree.at(how, "port"), at + ".port", problems);
        if (!SCHEMES.contains(Tree.text(how, "scheme"))) {
            problems.unsupported(at + ".scheme", Tree.text(how, "scheme"), SCHEMES);
        }
        for (var header : Tree.objects(how, "httpHeaders")) {
            var name = Tree.text(header, "name");
            if (!HEADER.matcher(name).matches()) {
                problems.invalid(
                        at + ".httpHeaders",
                        name,
                        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g."
                                + " 'X-Header-Name', regex used for validation is '"
                                + HEADER
                                + "')");
            }
        }
    }
}
