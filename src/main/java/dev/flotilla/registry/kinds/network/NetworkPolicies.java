package dev.flotilla.registry.kinds.network;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Ports;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.table.Selectors;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

final class NetworkPolicies implements Kind {
    private static final ResourceType TYPE =
            Types.of("networking.k8s.io/v1", "networkpolicies", NetworkPolicy.class)
                    .shortNames("netpol")
                    .build();
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
    private static final List<String> DIRECTIONS = List.of("Ingress", "Egress");

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
        var spec = Tree.child(object, "spec");
        Tree.child(spec, "podSelector");
        for (var direction : List.of("ingress", "egress")) {
            for (var rule : Tree.objects(spec, direction)) {
                Tree.objects(rule, "ports").forEach(p -> Tree.setDefault(p, "protocol", "TCP"));
            }
        }
        if (Tree.at(spec, "policyTypes").isEmpty()) {
            var types = spec.putArray("policyTypes").add("Ingress");
            if (!Tree.at(spec, "egress").isEmpty()) {
                types.add("Egress");
            }
        }
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var spec = Tree.at(object, "spec");
        SelectorRules.check(Tree.at(spec, "podSelector"), "spec.podSelector", problems);
        rules(spec, "ingress", "from", problems);
        rules(spec, "egress", "to", problems);
        var types = Tree.texts(spec, "policyTypes");
        if (types.size() > DIRECTIONS.size()) {
            problems.invalid(
                    "spec.policyTypes",
                    Tree.at(spec, "policyTypes"),
                    "may not specify more than two policyTypes");
            return;
        }
        for (int i = 0; i < types.size(); i++) {
            if (!DIRECTIONS.contains(types.get(i))) {
                problems.notOneOf("spec.policyTypes[" + i + "]", types.get(i), DIRECTIONS);
            }
        }
    }

    private static void rules(JsonNode spec, String name, String peers, Problems problems) {
        int i = 0;
        for (var rule : Tree.objects(spec, name)) {
            var at = "spec." + name + "[" + i++ + "]";
            int p = 0;
            for (var port : Tree.objects(rule, "ports")) {
                port(port, at + ".ports[" + p++ + "]", problems);
            }
            int o = 0;
            for (var peer : Tree.objects(rule, peers)) {
                peer(peer, at + "." + peers + "[" + o++ + "]", problems);
            }
        }
    }

    private static void port(ObjectNode port, String at, Problems problems) {
        var protocol = Tree.text(port, "protocol");
        if (!PROTOCOLS.contains(protocol)) {
            problems.notOneOf(at + ".protocol", protocol, PROTOCOLS);
        }
        var number = Tree.at(port, "port");
        boolean end = Tree.has(port, "endPort");
        long last = Tree.number(port, 0, "endPort");
        if (number.isMissingNode()) {
            if (end) {
                problems.invalid(
                        at + ".endPort", last, "may not be specified when `port` is not specified");
            }
            return;
        }
        if (number.isString() && end) {
            problems.invalid(
                    at + ".endPort", last, "may not be specified when `port` is non-numeric");
        }
        Checks.port(number, at + ".port", problems);
        if (number.isNumber() && end) {
            if (last < number.asLong(0)) {
                problems.invalid(
                        at + ".endPort",
                        number.asLong(0),
                        "must be greater than or equal to `port`");
            }
            Ports.check(last, at + ".endPort", problems);
        }
    }

    private static void peer(ObjectNode peer, String at, Problems problems) {
        SelectorRules.check(Tree.at(peer, "podSelector"), at + ".podSelector", problems);
        SelectorRules.check(
                Tree.at(peer, "namespaceSelector"), at + ".namespaceSelector", problems);
        boolean selects = peer.has("podSelector") || peer.has("namespaceSelector");
        if (!peer.has("ipBlock")) {
            if (!selects) {
                problems.required(at, "must specify a peer");
            }
            return;
        }
        block(Tree.at(peer, "ipBlock"), at + ".ipBlock", problems);
        if (selects) {
            problems.forbidden(at, "may not specify both ipBlock and another peer");
        }
    }

    private static void block(JsonNode block, String at, Problems problems) {
        var cidr = Tree.text(block, "cidr");
        if (cidr.isEmpty()) {
            problems.required(at + ".cidr", "");
            return;
        }
        Addresses.checkBlock(cidr, at + ".cidr", problems);
        var whole = Addresses.block(cidr);
        int i = 0;
        for (var except : Tree.texts(block, "except")) {
            var field = at + ".except[" + i++ + "]";
            Addresses.checkBlock(except, field, problems);
            var part = Addresses.block(except);
            if (whole.isPresent()
                    && part.isPresent()
                    && !whole.get().strictlyContains(part.get())) {
                problems.invalid(field, except, "must be a strict subset of `cidr`");
            }
        }
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Pod-Selector",
                        "The pods it is for.",
                        (o, _) -> Selectors.text(Tree.at(o, "spec", "podSelector"))),
                Column.AGE);
    }
}
