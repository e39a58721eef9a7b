package dev.flotilla.registry.kinds.network;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.PrefixedPaths;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

final class IngressClasses implements Kind {
    private static final ResourceType TYPE =
            Types.of("networking.k8s.io/v1", "ingressclasses", IngressClass.class)
                    .clusterScoped()
                    .build();
    private static final int LONGEST_CONTROLLER = 250;
    private static final List<String> SCOPES = List.of("Cluster", "Namespace");

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean generation() {
        return true;
    }

    @Override
    public void defaults(ObjectNode object) {
        if (object.path("spec").path("parameters") instanceof ObjectNode parameters) {
            if (!parameters.has("scope")) {
                parameters.put("scope", "Cluster");
            }
        }
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var controller = Tree.text(object, "spec", "controller");
        if (controller.length() > LONGEST_CONTROLLER) {
            problems.tooLong("spec.controller", LONGEST_CONTROLLER);
        }
        PrefixedPaths.check(controller, "spec.controller", problems);
        if (Tree.has(object, "spec", "parameters")) {
            parameters(Tree.at(object, "spec", "parameters"), "spec.parameters", problems);
        }
    }

    private static void parameters(JsonNode parameters, String at, Problems problems) {
        IngressRules.resource(parameters, at, problems);
        Checks.oneOfIfSet(parameters, "scope", SCOPES, at, problems);
        var scope = Tree.text(parameters, "scope");
        boolean namespace = Tree.has(parameters, "namespace");
        if (scope.equals("Namespace") && !namespace) {
            problems.required(at + ".namespace", "`parameters.scope` is set to 'Namespace'");
        } else if (scope.equals("Namespace")) {
            Checks.label(Tree.text(parameters, "namespace"), at + ".namespace", problems);
        } else if (scope.equals("Cluster") && namespace) {
            problems.forbidden(at + ".namespace", "`parameters.scope` is set to 'Cluster'");
        }
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        Counts.immutable(
                Tree.at(before, "spec"), Tree.at(after, "spec"), "spec.", problems, "controller");
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Controller",
                        "Who serves it.",
                        (o, _) -> Tree.text(o, "spec", "controller")),
                Column.text(
                        "Parameters",
                        "What its controller reads.",
                        (o, _) -> parametersText(Tree.at(o, "spec", "parameters"))),
                Column.AGE);
    }

    private static String parametersText(JsonNode parameters) {
        if (parameters.isMissingNode()) {
            return "<none>";
        }
        var group = Tree.text(parameters, "apiGroup");
        return Tree.text(parameters, "kind")
                + (Tree.has(parameters, "apiGroup") ? "." + group : "")
                + "/"
                + Tree.text(parameters, "name");
    }
}
