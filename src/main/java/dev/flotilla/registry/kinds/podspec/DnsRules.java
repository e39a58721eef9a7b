package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// How a pod finds names.
final class DnsRules {
    private static final List<String> POLICIES =
            List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    private static final int MOST_NAMESERVERS = 3;
    private static final int MOST_SEARCHES = 32;
    private static final int LONGEST_SEARCHES = 2048;

    private DnsRules() {}

    static void policy(JsonNode spec, String at, Problems problems) {
        Checks.oneOfInOrder(spec, "dnsPolicy", POLICIES, at, problems);
    }

    static void config(JsonNode spec, String at, Problems problems) {
        var servers = Tree.texts(spec, "dnsConfig", "nameservers");
        if (Tree.text(spec, "dnsPolicy").equals("None")) {
            if (!Tree.has(spec, "dnsConfig")) {
                problems.required(at, "must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (servers.isEmpty()) {
                problems.required(
                        at + ".nameservers",
                        "must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }
        if (servers.size() > MOST_NAMESERVERS) {
            problems.invalid(
                    at + ".nameservers",
                    Tree.at(spec, "dnsConfig", "nameservers"),
                    "must not have more than %d nameservers".formatted(MOST_NAMESERVERS));
        }
        for (int i = 0; i < servers.size(); i++) {
            Addresses.checkIp(servers.get(i), at + ".nameservers[" + i + "]", problems);
        }
        searches(Tree.at(spec, "dnsConfig", "searches"), at + ".searches", problems);
        int i = 0;
        for (var option : Tree.objects(spec, "dnsConfig", "options")) {
            if (Tree.text(option, "name").isEmpty()) {
                problems.required(at + ".options[" + i + "]", "must not be empty");
            }
            i++;
        }
    }

    private static void searches(JsonNode list, String at, Problems problems) {
        var searches = Tree.texts(list);
        if (searches.size() > MOST_SEARCHES) {
            problems.invalid(
                    at, list, "must not have more than %d search paths".formatted(MOST_SEARCHES));
        }
        if (String.join(" ", searches).length() > LONGEST_SEARCHES) {
            problems.invalid(
                    at,
                    list,
                    "must not have more than %d characters (including spaces) in the search list"
                            .formatted(LONGEST_SEARCHES));
        }
        for (int i = 0; i < searches.size(); i++) {
            var search = searches.get(i);
            if (!search.equals(".")) {
                var plain =
                        search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
                Checks.underscored(plain, at + "[" + i + "]", problems);
            }
        }
    }

    static void aliases(JsonNode spec, String at, Problems problems) {
        int i = 0;
        for (var alias : Tree.objects(spec, "hostAliases")) {
            var field = at + "[" + i++ + "]";
            Addresses.checkIp(Tree.text(alias, "ip"), field + ".ip", problems);
            int n = 0;
            for (var name : Tree.texts(alias, "hostnames")) {
                Checks.subdomain(name, field + ".hostnames[" + n++ + "]", problems);
            }
        }
    }
}
