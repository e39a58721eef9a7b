package dev.flotilla.registry.kinds.network;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Ports;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

final class Endpoints implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "endpoints", io.fabric8.kubernetes.api.model.Endpoints.class)
                    .shortNames("ep")
                    .build();
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final int SHOWN = 3;

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean createOnUpdate() {
        return true;
    }

    @Override
    public void defaults(ObjectNode object) {
        for (var subset : Tree.objects(object, "subsets")) {
            Tree.objects(subset, "ports").forEach(p -> Tree.setDefault(p, "protocol", "TCP"));
        }
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        int i = 0;
        for (var subset : Tree.objects(object, "subsets")) {
            var at = "subsets[" + i++ + "]";
            var ready = Tree.objects(subset, "addresses");
            var unready = Tree.objects(subset, "notReadyAddresses");
            if (ready.isEmpty() && unready.isEmpty()) {
                problems.required(at, "must specify `addresses` or `notReadyAddresses`");
            }
            addresses(ready, at + ".addresses", problems);
            addresses(unready, at + ".notReadyAddresses", problems);
            var ports = Tree.objects(subset, "ports");
            for (int p = 0; p < ports.size(); p++) {
                port(ports.get(p), ports.size() > 1, at + ".ports[" + p + "]", problems);
            }
        }
    }

    private static void addresses(List<ObjectNode> all, String at, Problems problems) {
        int i = 0;
        for (var address : all) {
            var field = at + "[" + i++ + "]";
            var ip = Tree.text(address, "ip");
            Addresses.checkIp(ip, field + ".ip", problems);
            if (!Tree.text(address, "hostname").isEmpty()) {
                Checks.label(Tree.text(address, "hostname"), field + ".hostname", problems);
            }
            if (Tree.has(address, "nodeName")) {
                Checks.subdomain(Tree.text(address, "nodeName"), field + ".nodeName", problems);
            }
            Addresses.checkOrdinary(ip, field + ".ip", problems);
        }
    }

    private static void port(ObjectNode port, boolean named, String at, Problems problems) {
        var name = Tree.text(port, "name");
        if (!name.isEmpty()) {
            Checks.label(name, at + ".name", problems);
        } else if (named) {
            problems.required(at + ".name", "");
        }
        Ports.check(Tree.number(port, 0, "port"), at + ".port", problems);
        Checks.oneOf(port, "protocol", PROTOCOLS, at, problems);
        if (Tree.has(port, "appProtocol")) {
            Checks.qualified(Tree.text(port, "appProtocol"), at + ".appProtocol", problems);
        }
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Endpoints", "Where it leads.", (o, _) -> all(o)),
                Column.AGE);
    }

    private static String all(ObjectNode object) {
        var all = new ArrayList<String>();
        for (var subset : Tree.objects(object, "subsets")) {
            var ports = Tree.objects(subset, "ports");
            for (var port : ports) {
                Tree.objects(subset, "addresses")
                        .forEach(a -> all.add(joined(a, Tree.at(port, "port").asString(""))));
            }
            if (ports.isEmpty()) {
                Tree.objects(subset, "addresses").forEach(a -> all.add(Tree.text(a, "ip")));
            }
        }
        if (Tree.at(object, "subsets").isEmpty()) {
            return "<none>";
        }
        var shown = String.join(",", all.subList(0, Math.min(SHOWN, all.size())));
        return all.size() > SHOWN ? shown + " + " + (all.size() - SHOWN) + " more..." : shown;
    }

    private static String joined(ObjectNode address, String port) {
        var ip = Tree.text(address, "ip");
        return ip.contains(":") ? "[" + ip + "]:" + port : ip + ":" + port;
    }
}
