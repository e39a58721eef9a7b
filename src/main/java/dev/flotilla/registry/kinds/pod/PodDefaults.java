package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What a pod's spec means where it says nothing.
public final class PodDefaults {
    private static final List<String> CONTAINER_LISTS =
            List.of("initContainers", "containers", "ephemeralContainers");

    private PodDefaults() {}

    /// Of every spec, a template's too.
    public static void fill(ObjectNode spec) {
        Tree.setDefault(spec, "restartPolicy", "Always");
        Tree.setDefault(spec, "terminationGracePeriodSeconds", 30);
        Tree.setDefault(spec, "dnsPolicy", "ClusterFirst");
        Tree.setDefault(spec, "schedulerName", "default-scheduler");
        Tree.child(spec, "securityContext");
        sameAccount(spec);
        for (var list : CONTAINER_LISTS) {
            Tree.objects(spec, list).forEach(PodDefaults::container);
        }
        Tree.objects(spec, "volumes").forEach(VolumeDefaults::fill);
    }

    /// Of a pod alone, after [#fill].
    static void fillPod(ObjectNode spec) {
        Tree.setDefault(spec, "enableServiceLinks", true);
        for (var list : List.of("initContainers", "containers")) {
            for (var c : Tree.objects(spec, list)) {
                requestsFromLimits(Tree.child(c, "resources"));
                if (Tree.isTrue(spec, "hostNetwork")) {
                    Tree.objects(c, "ports").forEach(PodDefaults::portOfNode);
                }
            }
        }
    }

    /// `serviceAccount` is the older name of `serviceAccountName`.
    private static void sameAccount(ObjectNode spec) {
        var name = Tree.text(spec, "serviceAccountName");
        var old = Tree.text(spec, "serviceAccount");
        if (name.isEmpty() && !old.isEmpty()) {
            spec.put("serviceAccountName", old);
        } else if (!name.isEmpty()) {
            spec.put("serviceAccount", name);
        }
    }

    private static void container(ObjectNode c) {
        Tree.setDefault(c, "terminationMessagePath", "/dev/termination-log");
        Tree.setDefault(c, "terminationMessagePolicy", "File");
        Tree.setDefault(c, "imagePullPolicy", Images.pullPolicy(Tree.text(c, "image")));
        Tree.child(c, "resources");
        Tree.objects(c, "ports").forEach(p -> Tree.setDefault(p, "protocol", "TCP"));
        for (var env : Tree.objects(c, "env")) {
            VolumeDefaults.references(env.path("valueFrom"));
        }
        for (var probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (c.get(probe) instanceof ObjectNode p) {
                probe(p);
            }
        }
        for (var hook : List.of("postStart", "preStop")) {
            if (c.path("lifecycle").path(hook) instanceof ObjectNode h) {
                handler(h);
            }
        }
    }

    /// A limit without a request asks for as much as it allows.
    private static void requestsFromLimits(ObjectNode resources) {
        for (var limit : Tree.fields(resources, "limits")) {
            var requests = Tree.child(resources, "requests");
            if (!requests.has(limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        }
    }

    private static void portOfNode(ObjectNode port) {
        long number = Tree.number(port, 0, "containerPort");
        if (Tree.number(port, 0, "hostPort") == 0 && number != 0) {
            port.put("hostPort", number);
        }
    }

    private static void probe(ObjectNode probe) {
        notZero(probe, "timeoutSeconds", 1);
        notZero(probe, "periodSeconds", 10);
        notZero(probe, "successThreshold", 1);
        notZero(probe, "failureThreshold", 3);
        handler(probe);
        if (probe.get("grpc") instanceof ObjectNode grpc && !grpc.has("service")) {
            grpc.put("service", "");
        }
    }

    private static void notZero(ObjectNode probe, String name, int otherwise) {
        if (Tree.number(probe, 0, name) == 0) {
            probe.put(name, otherwise);
        }
    }

    private static void handler(ObjectNode handler) {
        if (handler.get("httpGet") instanceof ObjectNode http) {
            Tree.setDefault(http, "path", "/");
            Tree.setDefault(http, "scheme", "HTTP");
        }
    }
}
