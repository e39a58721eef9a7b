package dev.flotilla.registry.kinds.rbac;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.List;

/// The cluster roles that Kubernetes brings and people and charts bind to, for the kinds that are
/// here. What `admin`, `edit` and `view` allow is gathered from others, by their labels.
public final class DefaultRoles {
    private static final String READ = "get list watch";
    private static final String WRITE = "create delete deletecollection patch update";
    private static final String GATHER = "rbac.authorization.k8s.io/aggregate-to-";

    private DefaultRoles() {}

    /// New trees at each call.
    public static List<ObjectNode> all() {
        return List.of(
                role("cluster-admin", of("*", "*", "*"), paths("*", "*")),
                gathered("admin", "admin"),
                labelled(gathered("edit", "edit"), "admin"),
                labelled(gathered("view", "view"), "edit"),
                labelled(administering(), "admin"),
                labelled(editing(), "edit"),
                labelled(viewing(), "view"),
                role(
                        "system:auth-delegator",
                        of("create", "authentication.k8s.io", "tokenreviews"),
                        of("create", "authorization.k8s.io", "subjectaccessreviews")),
                role(
                        "system:basic-user",
                        of(
                                "create",
                                "authorization.k8s.io",
                                "selfsubjectaccessreviews selfsubjectrulesreviews"),
                        of("create", "authentication.k8s.io", "selfsubjectreviews")),
                role(
                        "system:discovery",
                        paths(
                                "get",
                                "/api /api/* /apis /apis/* /healthz /livez /openapi /openapi/*"
                                        + " /readyz /version /version/")),
                role(
                        "system:kubelet-api-admin",
                        of(READ, "", "nodes"),
                        of("proxy", "", "nodes"),
                        of("*", "", "nodes/log nodes/metrics nodes/proxy nodes/stats")),
                role(
                        "system:monitoring",
                        paths(
                                "get",
                                "/healthz /healthz/* /livez /livez/* /metrics /metrics/slis"
                                        + " /readyz /readyz/*")),
                role(
                        "system:node-proxier",
                        of("list watch", "", "endpoints services"),
                        of(READ, "", "nodes"),
                        of("create patch update", "+events.k8s.io", "events"),
                        of("list watch", "discovery.k8s.io", "endpointslices")),
                role(
                        "system:persistent-volume-provisioner",
                        of("create delete get list watch", "", "persistentvolumes"),
                        of("get list update watch", "", "persistentvolumeclaims"),
                        of(READ, "storage.k8s.io", "storageclasses"),
                        of("watch", "", "events"),
                        of("create patch update", "+events.k8s.io", "events")),
                role(
                        "system:public-info-viewer",
                        paths("get", "/healthz /livez /readyz /version /version/")),
                role(
                        "system:service-account-issuer-discovery",
                        paths(
                                "get",
                                "/.well-known/openid-configuration"
                                        + " /.well-known/openid-configuration/ /openid/v1/jwks"
                                        + " /openid/v1/jwks/")));
    }

    private static ObjectNode administering() {
        return role(
                "system:aggregate-to-admin",
                of("create", "authorization.k8s.io", "localsubjectaccessreviews"),
                of(READ + " " + WRITE, "rbac.authorization.k8s.io", "rolebindings roles"));
    }

    private static ObjectNode editing() {
        return role(
                "system:aggregate-to-edit",
                of(
                        READ,
                        "",
                        "pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy"),
                of("impersonate", "", "serviceaccounts"),
                of(WRITE, "", "pods pods/attach pods/exec pods/portforward pods/proxy"),
                of("create", "", "pods/eviction"),
                of(
                        WRITE,
                        "",
                        "configmaps events persistentvolumeclaims replicationcontrollers"
                                + " replicationcontrollers/scale secrets serviceaccounts services"
                                + " services/proxy"),
                of("create", "", "serviceaccounts/token"),
                of(
                        WRITE,
                        "apps",
                        "daemonsets deployments deployments/rollback deployments/scale replicasets"
                                + " replicasets/scale statefulsets statefulsets/scale"),
                of(WRITE, "autoscaling", "horizontalpodautoscalers"),
                of(WRITE, "batch", "cronjobs jobs"),
                of(WRITE, "policy", "poddisruptionbudgets"),
                of(WRITE, "networking.k8s.io", "ingresses networkpolicies"),
                of(READ + " " + WRITE, "coordination.k8s.io", "leases"));
    }

    private static ObjectNode viewing() {
        return role(
                "system:aggregate-to-view",
                of(
                        READ,
                        "",
                        "configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status"
                                + " pods replicationcontrollers replicationcontrollers/scale"
                                + " serviceaccounts services services/status"),
                of(
                        READ,
                        "",
                        "bindings events limitranges namespaces/status pods/log pods/status"
                                + " replicationcontrollers/status resourcequotas"
                                + " resourcequotas/status"),
                of(READ, "", "namespaces"),
                of(READ, "discovery.k8s.io", "endpointslices"),
                of(
                        READ,
                        "apps",
                        "controllerrevisions daemonsets daemonsets/status deployments"
                                + " deployments/scale deployments/status replicasets"
                                + " replicasets/scale replicasets/status statefulsets"
                                + " statefulsets/scale statefulsets/status"),
                of(READ, "autoscaling", "horizontalpodautoscalers horizontalpodautoscalers/status"),
                of(READ, "batch", "cronjobs cronjobs/status jobs jobs/status"),
                of(READ, "policy", "poddisruptionbudgets poddisruptionbudgets/status"),
                of(READ, "networking.k8s.io", "ingresses ingresses/status networkpolicies"));
    }

    private static ObjectNode role(String name, ObjectNode... rules) {
        var role = DefaultBindings.named(name);
        role.putArray("rules").addAll(Arrays.asList(rules));
        return role;
    }

    /// A role whose rules the loop over roles fills in.
    private static ObjectNode gathered(String name, String what) {
        var role = DefaultBindings.named(name);
        role.putObject("aggregationRule")
                .putArray("clusterRoleSelectors")
                .addObject()
                .putObject("matchLabels")
                .put(GATHER + what, "true");
        return role;
    }

    private static ObjectNode labelled(ObjectNode role, String what) {
        Tree.child(Tree.child(role, "metadata"), "labels").put(GATHER + what, "true");
        return role;
    }

    /// @param groups one, or `+` and another one beside the core's
    private static ObjectNode of(String verbs, String groups, String kinds) {
        var rule = Tree.empty();
        var list = rule.putArray("apiGroups");
        if (groups.startsWith("+")) {
            list.add("").add(groups.substring(1));
        } else {
            list.add(groups);
        }
        words(rule, "resources", kinds);
        words(rule, "verbs", verbs);
        return rule;
    }

    private static ObjectNode paths(String verbs, String paths) {
        var rule = Tree.empty();
        words(rule, "nonResourceURLs", paths);
        words(rule, "verbs", verbs);
        return rule;
    }

    private static void words(ObjectNode rule, String field, String words) {
        var list = rule.putArray(field);
        List.of(words.split(" ", -1)).forEach(list::add);
    }
}
