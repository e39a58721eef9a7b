package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// The names that a pod's spec gives: its own, and those of others.
final class PodNames {
    private static final int MOST_NAMESERVERS = 3;

    private PodNames() {}

    static void check(JsonNode spec, String at, Problems problems) {
        for (var name :
                List.of(
                        "serviceAccountName",
                        "nodeName",
                        "priorityClassName",
                        "runtimeClassName")) {
            var value = Tree.text(spec, name);
            if (!value.isEmpty()) {
                Checks.subdomain(value, at + "." + name, problems);
            }
        }
        for (var name : List.of("hostname", "subdomain")) {
            var value = Tree.text(spec, name);
            if (!value.isEmpty()) {
                Checks.label(value, at + "." + name, problems);
            }
        }
        int i = 0;
        for (var gate : Tree.objects(spec, "readinessGates")) {
            Checks.qualified(
                    Tree.text(gate, "conditionType"),
                    at + ".readinessGates[" + i++ + "].conditionType",
                    problems);
        }
        if (Tree.isTrue(spec, "shareProcessNamespace") && Tree.isTrue(spec, "hostPID")) {
            problems.invalid(
                    at + ".shareProcessNamespace",
                    Tree.at(spec, "shareProcessNamespace"),
                    "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        aliases(spec, at, problems);
        dns(spec, at, problems);
    }

    private static void aliases(JsonNode spec, String at, Problems problems) {
        int i = 0;
        for (var alias : Tree.objects(spec, "hostAliases")) {
            var field = at + ".hostAliases[" + i++ + "]";
            Addresses.checkIp(Tree.text(alias, "ip"), field + ".ip", problems);
            int n = 0;
            for (var name : Tree.texts(alias, "hostnames")) {
                Checks.subdomain(name, field + ".hostnames[" + n++ + "]", problems);
            }
        }
    }

    private static void dns(JsonNode spec, String at, Problems problems) {
        var servers = Tree.texts(spec, "dnsConfig", "nameservers");
        var field = at + ".dnsConfig.nameservers";
        if (Tree.text(spec, "dnsPolicy").equals("None")) {
            if (!Tree.has(spec, "dnsConfig")) {
                problems.required(
                        at + ".dnsConfig", "must provide `dnsConfig` when `dnsPolicy` is None");
            } else if (servers.isEmpty()) {
                problems.required(
                        field, "must provide at least one DNS nameserver when `dnsPolicy` is None");
            }
        }
        if (servers.size() > MOST_NAMESERVERS) {
            problems.invalid(
                    field,
                    Tree.at(spec, "dnsConfig", "nameservers"),
                    "must not have more than %d nameservers".formatted(MOST_NAMESERVERS));
        }
        for (int i = 0; i < servers.size(); i++) {
            Addresses.checkIp(servers.get(i), field + "[" + i + "]", problems);
        }
    }
}
