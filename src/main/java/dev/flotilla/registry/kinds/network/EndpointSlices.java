package dev.flotilla.registry.kinds.network;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Counts;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

final class EndpointSlices implements Kind {
    private static final ResourceType TYPE =
            Types.of("discovery.k8s.io/v1", "endpointslices", EndpointSlice.class).build();
    private static final List<String> TYPES = List.of("FQDN", "IPv4", "IPv6");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final int MOST_ENDPOINTS = 1000;
    private static final int MOST_ADDRESSES = 100;
    private static final int MOST_PORTS = 20_000;
    private static final int SHOWN = 3;

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
        for (var port : Tree.objects(object, "ports")) {
            if (!port.has("name")) {
                port.put("name", "");
            }
            Tree.setDefault(port, "protocol", "TCP");
        }
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var type = Tree.text(object, "addressType");
        if (type.isEmpty()) {
            problems.required("addressType", "");
        } else if (!TYPES.contains(type)) {
            problems.unsupported("addressType", type, TYPES);
        }
        var endpoints = Tree.objects(object, "endpoints");
        if (endpoints.size() > MOST_ENDPOINTS) {
            problems.tooMany("endpoints", endpoints.size(), MOST_ENDPOINTS);
        } else {
            for (int i = 0; i < endpoints.size(); i++) {
                endpoint(endpoints.get(i), type, "endpoints[" + i + "]", problems);
            }
        }
        ports(Tree.objects(object, "ports"), problems);
    }

    private static void endpoint(ObjectNode endpoint, String type, String at, Problems problems) {
        var addresses = Tree.texts(endpoint, "addresses");
        if (addresses.isEmpty()) {
            problems.required(at + ".addresses", "must contain at least 1 address");
        } else if (addresses.size() > MOST_ADDRESSES) {
            problems.tooMany(at + ".addresses", addresses.size(), MOST_ADDRESSES);
        }
        for (int i = 0; i < addresses.size(); i++) {
            address(addresses.get(i), type, at + ".addresses[" + i + "]", problems);
        }
        if (Tree.has(endpoint, "nodeName")) {
            Checks.subdomain(Tree.text(endpoint, "nodeName"), at + ".nodeName", problems);
        }
        EndpointHints.topology(
                Tree.at(endpoint, "deprecatedTopology"), at + ".deprecatedTopology", problems);
        if (Tree.has(endpoint, "hostname")) {
            Checks.label(Tree.text(endpoint, "hostname"), at + ".hostname", problems);
        }
        EndpointHints.check(Tree.at(endpoint, "hints"), at + ".hints", problems);
    }

    private static void address(String address, String type, String field, Problems problems) {
        switch (type) {
            case "IPv4" -> {
                if (!Addresses.isV4(address)) {
                    problems.invalid(field, address, "must be a valid IPv4 address");
                }
                Addresses.checkOrdinary(address, field, problems);
            }
            case "IPv6" -> {
                if (!Addresses.isV6(address)) {
                    problems.invalid(field, address, "must be a valid IPv6 address");
                }
                Addresses.checkOrdinary(address, field, problems);
            }
            case "FQDN" -> EndpointHints.domain(address, field, problems);
            case String other -> {
                // That no such type is known was said already.
            }
        }
    }

    private static void ports(List<ObjectNode> ports, Problems problems) {
        if (ports.size() > MOST_PORTS) {
            problems.tooMany("ports", ports.size(), MOST_PORTS);
            return;
        }
        var names = new HashSet<String>();
        for (int i = 0; i < ports.size(); i++) {
            var at = "ports[" + i + "]";
            var name = Tree.text(ports.get(i), "name");
            if (!name.isEmpty()) {
                Checks.label(name, at + ".name", problems);
            }
            if (!names.add(name)) {
                problems.duplicate(at + ".name", name);
            }
            Checks.oneOf(ports.get(i), "protocol", PROTOCOLS, at, problems);
            if (Tree.has(ports.get(i), "appProtocol")) {
                Checks.qualified(
                        Tree.text(ports.get(i), "appProtocol"), at + ".appProtocol", problems);
            }
        }
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        Counts.immutable(before, after, "", problems, "addressType");
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text(
                        "AddressType",
                        "What its addresses are.",
                        (o, _) -> Tree.text(o, "addressType")),
                Column.text(
                        "Ports",
                        "Where it is listened.",
                        (o, _) ->
                                some(Tree.objects(o, "ports").stream().map(EndpointSlices::port))),
                Column.text(
                        "Endpoints",
                        "Where it leads.",
                        (o, _) ->
                                some(
                                        Tree.objects(o, "endpoints").stream()
                                                .flatMap(
                                                        e -> Tree.texts(e, "addresses").stream()))),
                Column.AGE);
    }

    private static String port(ObjectNode port) {
        if (Tree.has(port, "port")) {
            return Tree.at(port, "port").asString("");
        }
        return Tree.has(port, "name") ? Tree.text(port, "name") : "*";
    }

    private static String some(Stream<String> texts) {
        var all = texts.toList();
        var shown = String.join(",", all.subList(0, Math.min(SHOWN, all.size())));
        if (all.size() > SHOWN) {
            return shown + " + " + (all.size() - SHOWN) + " more...";
        }
        return shown.isEmpty() ? "<unset>" : shown;
    }
}
