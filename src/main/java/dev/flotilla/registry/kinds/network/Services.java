package dev.flotilla.registry.kinds.network;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.NameRule;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.ServiceShape;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.table.ServiceCells;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Service;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

final class Services implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "services", Service.class).shortNames("svc").inAll().status().build();
    private static final int STICKY_SECONDS = 10_800;

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean createOnUpdate() {
        return true;
    }

    @Override
    public NameRule names() {
        return NameRule.SERVICE;
    }

    @Override
    public void defaults(ObjectNode object) {
        var spec = Tree.child(object, "spec");
        Tree.setDefault(spec, "type", "ClusterIP");
        affinity(spec);
        for (var port : Tree.objects(spec, "ports")) {
            Tree.setDefault(port, "protocol", "TCP");
            var target = Tree.at(port, "targetPort");
            boolean none =
                    target.isString() ? target.stringValue().isEmpty() : target.asLong(0) == 0;
            if (none && Tree.has(port, "port")) {
                port.set("targetPort", Tree.at(port, "port"));
            }
        }
        if (ServiceShape.external(spec)) {
            Tree.setDefault(spec, "externalTrafficPolicy", "Cluster");
        }
        switch (Tree.text(spec, "type")) {
            case "ClusterIP", "NodePort" ->
                    Tree.setDefault(spec, "internalTrafficPolicy", "Cluster");
            case "LoadBalancer" -> {
                Tree.setDefault(spec, "internalTrafficPolicy", "Cluster");
                Tree.setDefault(spec, "allocateLoadBalancerNodePorts", true);
            }
            case String other -> {
                // It carries no traffic itself.
            }
        }
    }

    private static void affinity(ObjectNode spec) {
        Tree.setDefault(spec, "sessionAffinity", "None");
        switch (Tree.text(spec, "sessionAffinity")) {
            case "None" -> spec.remove("sessionAffinityConfig");
            case "ClientIP" ->
                    Tree.setDefault(
                            Tree.child(Tree.child(spec, "sessionAffinityConfig"), "clientIP"),
                            "timeoutSeconds",
                            STICKY_SECONDS);
            case String other -> {
                // The rules refuse it.
            }
        }
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status").putObject("loadBalancer");
    }

    /// What only the former type had goes with it, if the writer just left it as it was.
    @Override
    public void prepareUpdate(ObjectNode before, ObjectNode after) {
        var was = Tree.child(before, "spec");
        var is = Tree.child(after, "spec");
        if (lost(was, is, ServiceShape::needsAddress)) {
            if (same(was, is, "clusterIP") && same(was, is, "clusterIPs")) {
                is.remove(List.of("clusterIP", "clusterIPs"));
            }
            dropUnchanged(was, is, "ipFamilies");
            dropUnchanged(was, is, "ipFamilyPolicy");
        }
        if (lost(was, is, ServiceShape::needsPorts)
                && ServiceShape.nodePorts(was).containsAll(ServiceShape.nodePorts(is))) {
            Tree.objects(is, "ports").forEach(p -> p.remove("nodePort"));
        }
        if (lost(was, is, ServiceShape::needsHealthPort)) {
            dropUnchanged(was, is, "healthCheckNodePort");
        }
        if (lost(was, is, s -> Tree.text(s, "type").equals("LoadBalancer"))) {
            dropUnchanged(was, is, "allocateLoadBalancerNodePorts");
            dropUnchanged(was, is, "loadBalancerClass");
        }
        if (lost(was, is, ServiceShape::external)) {
            dropUnchanged(was, is, "externalTrafficPolicy");
        }
    }

    private static boolean lost(ObjectNode was, ObjectNode is, Predicate<ObjectNode> what) {
        return what.test(was) && !what.test(is);
    }

    private static boolean same(ObjectNode was, ObjectNode is, String field) {
        return Tree.same(Tree.at(was, field), Tree.at(is, field));
    }

    private static void dropUnchanged(ObjectNode was, ObjectNode is, String field) {
        if (same(was, is, field)) {
            is.remove(field);
        }
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        ServiceRules.check(Tree.child(object, "spec"), problems);
    }

    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        boolean balanced = Tree.text(after, "spec", "type").equals("LoadBalancer");
        for (var way : Tree.objects(after, "status", "loadBalancer", "ingress")) {
            if (balanced && !Tree.text(way, "ip").isEmpty()) {
                Tree.setDefault(way, "ipMode", "VIP");
            }
        }
        BalancerRules.check(after, balanced, problems);
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        ServiceRules.checkChange(Tree.child(before, "spec"), Tree.child(after, "spec"), problems);
    }

    @Override
    public Set<String> claims(ObjectNode object) {
        return ServiceShape.claims(Tree.at(object, "spec"));
    }

    @Override
    public boolean answersDeleted() {
        return true;
    }

    @Override
    public Map<String, Function<ObjectNode, String>> selectable() {
        return Map.of(
                "spec.clusterIP", o -> Tree.text(o, "spec", "clusterIP"),
                "spec.type", o -> Tree.text(o, "spec", "type"));
    }

    @Override
    public List<Column> columns() {
        return ServiceCells.COLUMNS;
    }
}
