package dev.flotilla.registry.kinds.network;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.NameRule;
import dev.flotilla.registry.kind.Ports;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kinds.pod.PodRules;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.table.ServiceCells;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Service;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

final class Services implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "services", Service.class).shortNames("svc").inAll().status().build();
    private static final List<String> TYPES =
            List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public NameRule names() {
        return NameRule.SERVICE;
    }

    @Override
    public void defaults(ObjectNode object) {
        var spec = Tree.child(object, "spec");
        Tree.setDefault(spec, "type", "ClusterIP");
        Tree.setDefault(spec, "sessionAffinity", "None");
        if (!Tree.text(spec, "type").equals("ExternalName")) {
            Tree.setDefault(spec, "internalTrafficPolicy", "Cluster");
        }
        if (List.of("NodePort", "LoadBalancer").contains(Tree.text(spec, "type"))) {
            Tree.setDefault(spec, "externalTrafficPolicy", "Cluster");
        }
        for (var port : Tree.objects(spec, "ports")) {
            Tree.setDefault(port, "protocol", "TCP");
            if (!Tree.has(port, "targetPort") && Tree.has(port, "port")) {
                port.set("targetPort", Tree.at(port, "port"));
            }
        }
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status").putObject("loadBalancer");
    }

    /// The cluster's address of a service stays, even if a writer leaves it out.
    @Override
    public void prepareUpdate(ObjectNode before, ObjectNode after) {
        var was = Tree.child(before, "spec");
        var is = Tree.child(after, "spec");
        if (!Tree.text(is, "type").equals("ExternalName")) {
            for (var name : List.of("clusterIP", "clusterIPs")) {
                if (!Tree.has(is, name)) {
                    Tree.carry(was, is, name);
                }
            }
        }
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var spec = Tree.at(object, "spec");
        PodRules.oneOf(spec, "type", TYPES, "spec", problems);
        PodRules.oneOf(spec, "sessionAffinity", List.of("ClientIP", "None"), "spec", problems);
        var type = Tree.text(spec, "type");
        var ports = Tree.objects(spec, "ports");
        if (type.equals("ExternalName")) {
            if (Tree.text(spec, "externalName").isEmpty()) {
                problems.required("spec.externalName", "");
            }
        } else if (ports.isEmpty() && !Tree.text(spec, "clusterIP").equals("None")) {
            problems.required("spec.ports", "");
        }
        ports(ports, problems);
        for (var l : Tree.fields(spec, "selector")) {
            Names.qualified(l.getKey())
                    .ifPresent(why -> problems.invalid("spec.selector", l.getKey(), why));
        }
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        var was = Tree.text(before, "spec", "clusterIP");
        if (!was.isEmpty()
                && !Tree.text(before, "spec", "type").equals("ExternalName")
                && !Tree.text(after, "spec", "type").equals("ExternalName")
                && !was.equals(Tree.text(after, "spec", "clusterIP"))) {
            problems.invalid(
                    "spec.clusterIPs[0]",
                    Tree.at(after, "spec", "clusterIPs"),
                    "may not change once set");
        }
    }

    private static void ports(List<ObjectNode> ports, Problems problems) {
        var names = new HashSet<String>();
        var numbers = new HashSet<String>();
        for (int i = 0; i < ports.size(); i++) {
            var port = ports.get(i);
            var field = "spec.ports[" + i + "]";
            var name = Tree.text(port, "name");
            if (name.isEmpty()) {
                if (ports.size() > 1) {
                    problems.required(field + ".name", "");
                }
            } else {
                Names.label(name).ifPresent(why -> problems.invalid(field + ".name", name, why));
                if (!names.add(name)) {
                    problems.duplicate(field + ".name", name);
                }
            }
            Ports.check(Tree.number(port, 0, "port"), field + ".port", problems);
            if (!numbers.add(Tree.at(port, "port") + Tree.text(port, "protocol"))) {
                problems.duplicate(
                        field, Tree.at(port, "port") + "/" + Tree.text(port, "protocol"));
            }
            PodRules.oneOf(port, "protocol", List.of("TCP", "UDP", "SCTP"), field, problems);
        }
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
