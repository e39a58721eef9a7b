package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What a pod's spec means where it says nothing.
public final class PodDefaults {
    private static final List<String> CONTAINER_LISTS =
            List.of("initContainers", "containers", "ephemeralContainers");

    private PodDefaults() {}

    public static void fill(ObjectNode spec) {
        Tree.setDefault(spec, "restartPolicy", "Always");
        Tree.setDefault(spec, "terminationGracePeriodSeconds", 30);
        Tree.setDefault(spec, "dnsPolicy", "ClusterFirst");
        Tree.setDefault(spec, "schedulerName", "default-scheduler");
        Tree.child(spec, "securityContext");
        sameAccount(spec);
        for (var list : CONTAINER_LISTS) {
            Tree.objects(spec, list).forEach(c -> container(c, Tree.isTrue(spec, "hostNetwork")));
        }
        Tree.objects(spec, "volumes").forEach(PodDefaults::volume);
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

    private static void container(ObjectNode c, boolean hostNetwork) {
        Tree.setDefault(c, "terminationMessagePath", "/dev/termination-log");
        Tree.setDefault(c, "terminationMessagePolicy", "File");
        Tree.setDefault(c, "imagePullPolicy", pullPolicy(Tree.text(c, "image")));
        requestsFromLimits(Tree.child(c, "resources"));
        for (var port : Tree.objects(c, "ports")) {
            Tree.setDefault(port, "protocol", "TCP");
            if (hostNetwork && Tree.has(port, "containerPort")) {
                Tree.setDefault(port, "hostPort", Tree.number(port, 0, "containerPort"));
            }
        }
        for (var env : Tree.objects(c, "env")) {
            if (env.path("valueFrom").path("fieldRef") instanceof ObjectNode ref) {
                Tree.setDefault(ref, "apiVersion", "v1");
            }
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

    /// `Always` for the tag `latest` and for none, since that moves.
    private static String pullPolicy(String image) {
        if (image.contains("@")) {
            return "IfNotPresent";
        }
        var last = image.substring(image.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        return colon < 0 || last.substring(colon + 1).equals("latest") ? "Always" : "IfNotPresent";
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

    private static void probe(ObjectNode probe) {
        Tree.setDefault(probe, "timeoutSeconds", 1);
        Tree.setDefault(probe, "periodSeconds", 10);
        Tree.setDefault(probe, "successThreshold", 1);
        Tree.setDefault(probe, "failureThreshold", 3);
        handler(probe);
        if (probe.get("grpc") instanceof ObjectNode grpc && !grpc.has("service")) {
            grpc.put("service", "");
        }
    }

    private static void handler(ObjectNode handler) {
        if (handler.get("httpGet") instanceof ObjectNode http) {
            Tree.setDefault(http, "path", "/");
            Tree.setDefault(http, "scheme", "HTTP");
        }
    }

    private static void volume(ObjectNode volume) {
        for (var kind : List.of("secret", "configMap", "projected", "downwardAPI")) {
            if (volume.get(kind) instanceof ObjectNode source) {
                Tree.setDefault(source, "defaultMode", 420);
                fieldVersions(source);
            }
        }
        if (volume.get("hostPath") instanceof ObjectNode path && !path.has("type")) {
            path.put("type", "");
        }
        if (volume.size() == 1 && volume.has("name")) {
            volume.putObject("emptyDir");
        }
    }

    private static void fieldVersions(JsonNode source) {
        if (source.path("fieldRef") instanceof ObjectNode ref) {
            Tree.setDefault(ref, "apiVersion", "v1");
        }
        source.path("items").forEach(PodDefaults::fieldVersions);
        source.path("sources").forEach(s -> s.forEach(PodDefaults::fieldVersions));
    }
}
