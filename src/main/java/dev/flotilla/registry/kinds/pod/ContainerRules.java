package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Ports;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.ResourceNames;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a container must not say.
final class ContainerRules {
    private static final List<String> PULL = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
    private static final List<String> MESSAGES = List.of("File", "FallbackToLogsOnError");

    private ContainerRules() {}

    /// @param names of the containers before; this one's is added
    /// @param volumes of the pod
    static void check(
            ObjectNode c, String at, Set<String> names, Set<String> volumes, Problems problems) {
        var name = Tree.text(c, "name");
        if (name.isEmpty()) {
            problems.required(at + ".name", "");
        } else {
            Names.label(name).ifPresent(why -> problems.invalid(at + ".name", name, why));
            if (!names.add(name)) {
                problems.duplicate(at + ".name", name);
            }
        }
        var image = Tree.text(c, "image");
        if (image.isEmpty()) {
            problems.required(at + ".image", "");
        } else if (!image.strip().equals(image)) {
            problems.invalid(at + ".image", image, "must not have leading or trailing whitespace");
        }
        PodRules.oneOf(c, "imagePullPolicy", PULL, at, problems);
        PodRules.oneOf(c, "terminationMessagePolicy", MESSAGES, at, problems);
        ports(c, at, problems);
        EnvironmentRules.check(c, at, problems);
        mounts(c, at, volumes, problems);
        resources(Tree.at(c, "resources"), at + ".resources", problems);
        HandlerRules.probes(c, at, problems);
        HandlerRules.hooks(c, at, problems);
        if (Tree.has(c, "securityContext")) {
            SecurityRules.container(
                    Tree.at(c, "securityContext"), at + ".securityContext", problems);
        }
    }

    /// What only a container has that runs with the others.
    static void checkFirst(ObjectNode c, String at, Problems problems) {
        if (Tree.has(c, "restartPolicy")) {
            if (!Tree.text(c, "restartPolicy").equals("Always")) {
                problems.unsupported(
                        at + ".restartPolicy", Tree.text(c, "restartPolicy"), List.of("Always"));
            }
            return;
        }
        for (var name : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
            if (Tree.has(c, name)) {
                problems.forbidden(
                        at + "." + name,
                        "may not be set for init containers without restartPolicy=Always");
            }
        }
    }

    private static void ports(ObjectNode c, String at, Problems problems) {
        var names = new HashSet<String>();
        int i = 0;
        for (var port : Tree.objects(c, "ports")) {
            var field = at + ".ports[" + i++ + "]";
            if (Tree.number(port, 0, "containerPort") == 0) {
                problems.required(field + ".containerPort", "");
            } else {
                Ports.check(
                        Tree.number(port, 0, "containerPort"), field + ".containerPort", problems);
            }
            if (Tree.number(port, 0, "hostPort") != 0) {
                Ports.check(Tree.number(port, 0, "hostPort"), field + ".hostPort", problems);
            }
            PodRules.oneOf(port, "protocol", PROTOCOLS, field, problems);
            var name = Tree.text(port, "name");
            if (!name.isEmpty()) {
                Checks.portName(name, field + ".name", problems);
                if (!names.add(name)) {
                    problems.duplicate(field + ".name", name);
                }
            }
        }
    }

    private static void mounts(ObjectNode c, String at, Set<String> volumes, Problems problems) {
        var paths = new HashSet<String>();
        int i = 0;
        for (var mount : Tree.objects(c, "volumeMounts")) {
            var field = at + ".volumeMounts[" + i++ + "]";
            var name = Tree.text(mount, "name");
            if (name.isEmpty()) {
                problems.required(field + ".name", "");
            } else if (!volumes.contains(name)) {
                problems.notFound(field + ".name", name);
            }
            var path = Tree.text(mount, "mountPath");
            if (path.isEmpty()) {
                problems.required(field + ".mountPath", "");
            } else if (!paths.add(path)) {
                problems.invalid(field + ".mountPath", path, "must be unique");
            }
            for (var sub : List.of("subPath", "subPathExpr")) {
                VolumeRules.descending(
                        Tree.text(mount, sub), at + ".volumeMounts." + sub, problems);
            }
            if (mount.has("subPath") && mount.has("subPathExpr")) {
                problems.invalid(
                        field + ".subPathExpr",
                        Tree.text(mount, "subPathExpr"),
                        "subPathExpr and subPath are mutually exclusive");
            }
        }
    }

    private static void resources(JsonNode resources, String at, Problems problems) {
        for (var part : List.of("limits", "requests")) {
            for (var amount : Tree.fields(resources, part)) {
                var field = at + "." + part + "[" + amount.getKey() + "]";
                ResourceNames.container(amount.getKey(), field, problems);
                Checks.quantity(amount.getKey(), amount.getValue(), field, problems);
            }
        }
        for (var request : Tree.fields(resources, "requests")) {
            compared(request.getKey(), request.getValue(), resources, at, problems);
        }
    }

    /// A request is at most the limit; of what can't be shared, it is the limit.
    private static void compared(
            String name, JsonNode request, JsonNode resources, String at, Problems problems) {
        var limit = Tree.at(resources, "limits", name);
        boolean shared = ResourceNames.overcommitted(name);
        if (limit.isMissingNode()) {
            if (!shared) {
                problems.required(
                        at + ".limits", "Limit must be set for non overcommitable resources");
            }
            return;
        }
        int order = Checks.amount(request).compareTo(Checks.amount(limit));
        if (order != 0 && !shared) {
            problems.invalid(
                    at + ".requests",
                    request,
                    "must be equal to %s limit of %s".formatted(name, limit.asString("")));
        } else if (order > 0) {
            problems.invalid(
                    at + ".requests",
                    request,
                    "must be less than or equal to %s limit of %s"
                            .formatted(name, limit.asString("")));
        }
    }
}
