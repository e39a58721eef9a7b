package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Ports;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Quantities;
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
    private static final List<String> ACTIONS = List.of("exec", "grpc", "httpGet", "tcpSocket");

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
        environment(c, at, problems);
        mounts(c, at, volumes, problems);
        resources(Tree.at(c, "resources"), at + ".resources", problems);
        for (var probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (c.get(probe) instanceof ObjectNode p) {
                action(p, at + "." + probe, problems);
            }
        }
    }

    private static void ports(ObjectNode c, String at, Problems problems) {
        var names = new HashSet<String>();
        int i = 0;
        for (var port : Tree.objects(c, "ports")) {
            var field = at + ".ports[" + i++ + "]";
            if (!Tree.has(port, "containerPort")) {
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
            if (!name.isEmpty() && !names.add(name)) {
                problems.duplicate(field + ".name", name);
            }
        }
    }

    private static void environment(ObjectNode c, String at, Problems problems) {
        int i = 0;
        for (var env : Tree.objects(c, "env")) {
            var field = at + ".env[" + i++ + "]";
            var name = Tree.text(env, "name");
            if (name.isEmpty()) {
                problems.required(field + ".name", "");
            } else if (name.contains("=")) {
                problems.invalid(
                        field + ".name",
                        name,
                        "a valid environment variable name must not contain" + " '='");
            }
            if (!Tree.text(env, "value").isEmpty() && Tree.at(env, "valueFrom").size() > 0) {
                problems.invalid(
                        field + ".valueFrom", "", "may not be specified when `value` is not empty");
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
        }
    }

    private static void resources(JsonNode resources, String at, Problems problems) {
        PodRules.quantities(resources, "limits", at, problems);
        PodRules.quantities(resources, "requests", at, problems);
        for (var request : Tree.fields(resources, "requests")) {
            var name = request.getKey();
            var asked = Quantities.parse(request.getValue().asString(""));
            var limit = Quantities.parse(Tree.text(resources, "limits", name));
            if (asked.isPresent() && limit.isPresent() && asked.get().compareTo(limit.get()) > 0) {
                problems.invalid(
                        at + ".requests",
                        request.getValue(),
                        "must be less than or equal to %s limit of %s"
                                .formatted(name, Tree.text(resources, "limits", name)));
            }
        }
    }

    private static void action(ObjectNode probe, String at, Problems problems) {
        long actions = ACTIONS.stream().filter(probe::has).count();
        if (actions == 0) {
            problems.required(at, "must specify a handler type");
        } else if (actions > 1) {
            problems.forbidden(at, "may not specify more than 1 handler type");
        }
        for (var field : List.of("initialDelaySeconds", "timeoutSeconds", "periodSeconds")) {
            if (Tree.number(probe, 0, field) < 0) {
                problems.invalid(
                        at + "." + field,
                        Tree.at(probe, field),
                        "must be greater than or equal to 0");
            }
        }
    }
}
