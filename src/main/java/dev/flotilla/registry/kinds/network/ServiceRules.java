package dev.flotilla.registry.kinds.network;

import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Ports;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.kind.ServiceShape;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a service must not say, but for its addresses: see [ServiceAddressRules].
final class ServiceRules {
    private static final List<String> TYPES =
            List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final List<String> REACH = List.of("Cluster", "Local");
    private static final int LONGEST_STICKY = 86_400;

    private ServiceRules() {}

    static void check(ObjectNode spec, Problems problems) {
        var type = Tree.text(spec, "type");
        var ports = Tree.objects(spec, "ports");
        boolean headless = ServiceShape.headless(spec);
        if (ports.isEmpty() && !headless && !type.equals("ExternalName")) {
            problems.required("spec.ports", "");
        }
        if (headless && ServiceShape.needsPorts(spec)) {
            problems.invalid(
                    "spec.clusterIPs[0]",
                    "None",
                    "may not be set to 'None' for " + type + " services");
        }
        if (type.equals("ExternalName")) {
            externalName(spec, problems);
        }
        ports(ports, problems);
        SelectorRules.labels(Tree.at(spec, "selector"), "spec.selector", problems);
        affinity(spec, problems);
        ServiceAddressRules.check(spec, problems);
        Checks.oneOf(spec, "type", TYPES, "spec", problems);
        numbers(ports, type, problems);
        balancer(spec, type, problems);
        traffic(spec, problems);
    }

    private static void externalName(ObjectNode spec, Problems problems) {
        for (var name : List.of("clusterIPs", "ipFamilies")) {
            if (!Tree.at(spec, name).isEmpty()) {
                problems.forbidden("spec." + name, "may not be set for ExternalName services");
            }
        }
        if (Tree.has(spec, "ipFamilyPolicy")) {
            problems.forbidden("spec.ipFamilyPolicy", "may not be set for ExternalName services");
        }
        var name = Tree.text(spec, "externalName").replaceFirst("\\.$", "");
        if (name.isEmpty()) {
            problems.required("spec.externalName", "");
        } else {
            Checks.subdomain(name, "spec.externalName", problems);
        }
    }

    private static void ports(List<ObjectNode> ports, Problems problems) {
        var names = new HashSet<String>();
        for (int i = 0; i < ports.size(); i++) {
            var port = ports.get(i);
            var at = "spec.ports[" + i + "]";
            var name = Tree.text(port, "name");
            if (name.isEmpty()) {
                if (ports.size() > 1) {
                    problems.required(at + ".name", "");
                }
            } else {
                Checks.label(name, at + ".name", problems);
                if (!names.add(name)) {
                    problems.duplicate(at + ".name", name);
                }
            }
            Ports.check(Tree.number(port, 0, "port"), at + ".port", problems);
            Checks.oneOf(port, "protocol", PROTOCOLS, at, problems);
            Checks.port(Tree.at(port, "targetPort"), at + ".targetPort", problems);
            if (Tree.has(port, "appProtocol")) {
                Checks.qualified(Tree.text(port, "appProtocol"), at + ".appProtocol", problems);
            }
        }
    }

    /// Each number once for each protocol.
    private static void numbers(List<ObjectNode> ports, String type, Problems problems) {
        Set<String> onNodes = new HashSet<>();
        Set<String> here = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            var port = ports.get(i);
            var at = "spec.ports[" + i + "]";
            long onNode = Tree.number(port, 0, "nodePort");
            if (onNode != 0 && type.equals("ClusterIP")) {
                problems.forbidden(at + ".nodePort", "may not be used when `type` is 'ClusterIP'");
            }
            if (onNode != 0 && !onNodes.add(onNode + Tree.text(port, "protocol"))) {
                problems.duplicateValue(at + ".nodePort", onNode);
            }
            if (!here.add(Tree.at(port, "port") + Tree.text(port, "protocol"))) {
                problems.duplicateValue(
                        at,
                        ("{\"Name\":\"\",\"Protocol\":\"%s\",\"AppProtocol\":null,\"Port\":%s,"
                                        + "\"TargetPort\":0,\"NodePort\":0}")
                                .formatted(Tree.text(port, "protocol"), Tree.at(port, "port")));
            }
        }
    }

    private static void affinity(ObjectNode spec, Problems problems) {
        Checks.oneOf(spec, "sessionAffinity", List.of("ClientIP", "None"), "spec", problems);
        if (Tree.text(spec, "sessionAffinity").equals("ClientIP")) {
            long seconds =
                    Tree.number(spec, 0, "sessionAffinityConfig", "clientIP", "timeoutSeconds");
            if (seconds <= 0 || seconds > LONGEST_STICKY) {
                problems.invalid(
                        "spec.sessionAffinityConfig.clientIP.timeoutSeconds",
                        seconds,
                        "must be greater than 0 and less than " + LONGEST_STICKY);
            }
        }
    }

    private static void balancer(ObjectNode spec, String type, Problems problems) {
        boolean balanced = type.equals("LoadBalancer");
        var ranges = Tree.texts(spec, "loadBalancerSourceRanges");
        var at = "spec.LoadBalancerSourceRanges";
        if (!ranges.isEmpty() && !balanced) {
            problems.forbidden(at, "may only be used when `type` is 'LoadBalancer'");
        }
        for (int i = 0; i < ranges.size(); i++) {
            Addresses.checkBlock(ranges.get(i).strip(), at + "[" + i + "]", problems);
        }
        if (Tree.has(spec, "allocateLoadBalancerNodePorts") && !balanced) {
            problems.forbidden(
                    "spec.allocateLoadBalancerNodePorts",
                    "may only be used when `type` is 'LoadBalancer'");
        }
        if (Tree.has(spec, "loadBalancerClass")) {
            if (balanced) {
                Checks.qualified(
                        Tree.text(spec, "loadBalancerClass"), "spec.loadBalancerClass", problems);
            } else {
                problems.forbidden(
                        "spec.loadBalancerClass", "may only be used when `type` is 'LoadBalancer'");
            }
        }
    }

    private static void traffic(ObjectNode spec, Problems problems) {
        var policy = Tree.text(spec, "externalTrafficPolicy");
        if (ServiceShape.external(spec)) {
            Checks.oneOf(spec, "externalTrafficPolicy", REACH, "spec", problems);
        } else if (!policy.isEmpty()) {
            problems.invalid(
                    "spec.externalTrafficPolicy",
                    policy,
                    "may only be set for externally-accessible services");
        }
        long health = Tree.number(spec, 0, "healthCheckNodePort");
        if (ServiceShape.needsHealthPort(spec)) {
            Ports.check(health, "spec.healthCheckNodePort", problems);
        } else if (health != 0) {
            problems.invalid(
                    "spec.healthCheckNodePort",
                    health,
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is"
                            + " 'Local'");
        }
        Checks.oneOfIfSet(spec, "internalTrafficPolicy", REACH, "spec", problems);
        if (Tree.has(spec, "trafficDistribution")) {
            Checks.oneOfIfSet(
                    spec,
                    "trafficDistribution",
                    List.of("PreferClose", "PreferSameNode", "PreferSameZone"),
                    "spec",
                    problems);
        }
    }

    static void checkChange(ObjectNode was, ObjectNode is, Problems problems) {
        ServiceAddressRules.checkChange(was, is, problems);
        if (Tree.text(was, "type").equals("LoadBalancer")
                && Tree.text(is, "type").equals("LoadBalancer")
                && !Tree.same(
                        Tree.at(was, "loadBalancerClass"), Tree.at(is, "loadBalancerClass"))) {
            problems.invalid(
                    "spec.loadBalancerClass",
                    Tree.at(is, "loadBalancerClass"),
                    "may not change once set");
        }
        if (ServiceShape.needsHealthPort(was)
                && ServiceShape.needsHealthPort(is)
                && Tree.number(was, 0, "healthCheckNodePort")
                        != Tree.number(is, 0, "healthCheckNodePort")) {
            problems.forbidden("spec.healthCheckNodePort", "field is immutable");
        }
    }
}
