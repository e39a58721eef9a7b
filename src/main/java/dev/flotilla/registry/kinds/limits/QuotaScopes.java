package dev.flotilla.registry.kinds.limits;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.ResourceNames;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The part of a namespace's pods that a quota is for.
final class QuotaScopes {
    private static final Set<String> KNOWN =
            Set.of(
                    "BestEffort",
                    "CrossNamespacePodAffinity",
                    "NotBestEffort",
                    "NotTerminating",
                    "PriorityClass",
                    "Terminating");
    private static final Set<String> OF_PODS =
            Set.of(
                    "pods",
                    "cpu",
                    "memory",
                    "requests.cpu",
                    "requests.memory",
                    "limits.cpu",
                    "limits.memory");
    private static final String CONFLICT = "conflicting scopes";
    private static final String FOREIGN = "unsupported scope applied to resource";

    private QuotaScopes() {}

    static void check(JsonNode spec, Problems problems) {
        scopes(spec, problems);
        if (Tree.has(spec, "scopeSelector")) {
            selector(spec, problems);
        }
    }

    private static void scopes(JsonNode spec, Problems problems) {
        var scopes = Tree.texts(spec, "scopes");
        var value = Tree.at(spec, "scopes");
        for (var scope : scopes) {
            if (!KNOWN.contains(scope)) {
                problems.invalid("spec.scopes", value, "unsupported scope");
            }
            for (var hard : Tree.fields(spec, "hard")) {
                if (ResourceNames.ofQuotas(hard.getKey()) && !covers(scope, hard.getKey())) {
                    problems.invalid("spec.scopes", value, FOREIGN);
                }
            }
        }
        if (conflict(scopes)) {
            problems.invalid("spec.scopes", value, CONFLICT);
        }
    }

    private static void selector(JsonNode spec, Problems problems) {
        var at = "spec.scopeSelector.matchExpressions";
        var scopes = new HashSet<String>();
        for (var e : Tree.objects(spec, "scopeSelector", "matchExpressions")) {
            var scope = Tree.text(e, "scopeName");
            scopes.add(scope);
            if (!KNOWN.contains(scope)) {
                problems.invalid(at + ".scopeName", scope, "unsupported scope");
            }
            for (var hard : Tree.fields(spec, "hard")) {
                if (ResourceNames.ofQuotas(hard.getKey()) && !covers(scope, hard.getKey())) {
                    problems.invalid(at, Tree.at(spec, "scopeSelector"), FOREIGN);
                }
            }
            operator(e, scope, at, problems);
        }
        if (conflict(scopes)) {
            var value = Tree.at(spec, "scopes");
            problems.invalid(at, value, CONFLICT);
        }
    }

    private static void operator(ObjectNode e, String scope, String at, Problems problems) {
        var operator = Tree.text(e, "operator");
        if (KNOWN.contains(scope) && !scope.equals("PriorityClass") && !operator.equals("Exists")) {
            problems.invalid(
                    at + ".operator",
                    operator,
                    "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
                            + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                            + " ResourceQuotaScopeNotBestEffort or"
                            + " ResourceQuotaScopeCrossNamespacePodAffinity");
        }
        boolean values = !Tree.texts(e, "values").isEmpty();
        switch (operator) {
            case "In", "NotIn" -> {
                if (!values) {
                    problems.required(
                            at + ".values",
                            "must be at least one value when `operator` is 'In' or 'NotIn' for"
                                    + " scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (values) {
                    problems.invalid(
                            at + ".values",
                            Tree.at(e, "values"),
                            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for"
                                    + " scope selector");
                }
            }
            case String other ->
                    problems.invalid(at + ".operator", other, "not a valid selector operator");
        }
    }

    private static boolean covers(String scope, String resource) {
        return switch (scope) {
            case "BestEffort" -> resource.equals("pods");
            case "Terminating",
                    "NotTerminating",
                    "NotBestEffort",
                    "PriorityClass",
                    "CrossNamespacePodAffinity" ->
                    OF_PODS.contains(resource);
            case String _ -> true;
        };
    }

    private static boolean conflict(Collection<String> scopes) {
        return scopes.containsAll(List.of("BestEffort", "NotBestEffort"))
                || scopes.containsAll(List.of("Terminating", "NotTerminating"));
    }
}
