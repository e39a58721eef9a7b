package dev.flotilla.registry.kinds.network;

import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.ServiceShape;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;

/// The addresses of a service: `clusterIP` and `clusterIPs` agree, each family once, and none
/// changes.
final class ServiceAddressRules {
    private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
    private static final List<String> POLICIES =
            List.of("PreferDualStack", "RequireDualStack", "SingleStack");
    private static final String AT = "spec.clusterIPs";

    private ServiceAddressRules() {}

    static void check(ObjectNode spec, Problems problems) {
        if (ServiceShape.needsAddress(spec)) {
            agreement(spec, problems);
            families(spec, problems);
            if (addresses(spec, problems)) {
                perFamily(spec, problems);
            }
        }
        var outer = Tree.texts(spec, "externalIPs");
        for (int i = 0; i < outer.size(); i++) {
            var field = "spec.externalIPs[" + i + "]";
            if (Addresses.parse(outer.get(i)).isPresent()) {
                Addresses.checkOrdinary(outer.get(i), field, problems);
            } else {
                Addresses.checkIp(outer.get(i), field, problems);
            }
        }
    }

    private static void agreement(ObjectNode spec, Problems problems) {
        var one = Tree.text(spec, "clusterIP");
        var all = Tree.texts(spec, "clusterIPs");
        if (one.isEmpty()) {
            if (!all.isEmpty()) {
                problems.invalid(
                        AT,
                        Tree.at(spec, "clusterIPs"),
                        "must be empty when `clusterIP` is not specified");
            }
        } else if (all.isEmpty()) {
            problems.required(AT, "");
        } else if (!all.getFirst().equals(one)) {
            problems.invalid(AT, Tree.at(spec, "clusterIPs"), "first value must match `clusterIP`");
        }
    }

    private static void families(ObjectNode spec, Problems problems) {
        var seen = new HashSet<String>();
        var families = Tree.texts(spec, "ipFamilies");
        for (int i = 0; i < families.size(); i++) {
            var field = "spec.ipFamilies[" + i + "]";
            if (!FAMILIES.contains(families.get(i))) {
                problems.unsupported(field, families.get(i), FAMILIES);
            }
            if (!seen.add(families.get(i))) {
                problems.duplicate(field, families.get(i));
            }
        }
        if (Tree.has(spec, "ipFamilyPolicy")
                && !POLICIES.contains(Tree.text(spec, "ipFamilyPolicy"))) {
            problems.unsupported(
                    "spec.ipFamilyPolicy", Tree.text(spec, "ipFamilyPolicy"), POLICIES);
        }
    }

    /// @return whether each one is an address
    private static boolean addresses(ObjectNode spec, Problems problems) {
        var all = Tree.texts(spec, "clusterIPs");
        boolean good = true;
        for (int i = 0; i < all.size(); i++) {
            if (i == 0 && all.getFirst().equals("None")) {
                if (all.size() > 1) {
                    good = false;
                    problems.invalid(
                            AT,
                            Tree.at(spec, "clusterIPs"),
                            "'None' must be the first and only value");
                }
            } else if (Addresses.parse(all.get(i)).isEmpty()) {
                good = false;
                Addresses.checkIp(all.get(i), AT + "[" + i + "]", problems);
            }
        }
        if (all.size() > 2) {
            problems.invalid(AT, Tree.at(spec, "clusterIPs"), "may only hold up to 2 values");
        }
        return good;
    }

    private static void perFamily(ObjectNode spec, Problems problems) {
        var all = Tree.texts(spec, "clusterIPs");
        if (all.size() > 1 && all.stream().filter(Addresses::isV4).count() != 1) {
            problems.invalid(
                    AT,
                    Tree.at(spec, "clusterIPs"),
                    "may specify no more than one IP for each IP family");
        }
        if (ServiceShape.headless(spec)) {
            return;
        }
        var families = Tree.texts(spec, "ipFamilies");
        for (int i = 0; i < Math.min(all.size(), families.size()); i++) {
            boolean fits =
                    switch (families.get(i)) {
                        case "IPv4" -> Addresses.isV4(all.get(i));
                        case "IPv6" -> Addresses.isV6(all.get(i));
                        default -> true;
                    };
            if (!fits) {
                problems.invalid(
                        AT + "[" + i + "]",
                        all.get(i),
                        "expected an %s value as indicated by `ipFamilies[%d]`"
                                .formatted(families.get(i), i));
            }
        }
    }

    static void checkChange(ObjectNode was, ObjectNode is, Problems problems) {
        if (!ServiceShape.needsAddress(was)
                || !ServiceShape.needsAddress(is)
                || (ServiceShape.headless(was) && ServiceShape.headless(is))) {
            return;
        }
        var old = Tree.texts(was, "clusterIPs");
        var now = Tree.texts(is, "clusterIPs");
        if (now.isEmpty() && !old.isEmpty()) {
            problems.invalid(
                    AT + "[0]", Tree.at(is, "clusterIPs"), "primary clusterIP can not be unset");
        }
        for (int i = 0; i < Math.min(old.size(), now.size()); i++) {
            if (!old.get(i).equals(now.get(i))) {
                problems.invalid(
                        AT + "[" + i + "]", Tree.at(is, "clusterIPs"), "may not change once set");
            }
        }
    }
}
