package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// As whom containers run, and what they may do.
final class SecurityRules {
    private static final String RANGE = "must be between 0 and 2147483647, inclusive";
    private static final List<String> PROFILES =
            List.of("Localhost", "RuntimeDefault", "Unconfined");

    private SecurityRules() {}

    static void container(JsonNode context, String at, Problems problems) {
        ids(context, at, problems);
        Checks.oneOfIfSet(context, "procMount", List.of("Default", "Unmasked"), at, problems);
        profile(context, at, problems);
        if (Tree.has(context, "allowPrivilegeEscalation")
                && !Tree.isTrue(context, "allowPrivilegeEscalation")) {
            if (Tree.isTrue(context, "privileged")) {
                problems.invalid(
                        at,
                        context,
                        "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
            }
            if (Tree.texts(context, "capabilities", "add").contains("CAP_SYS_ADMIN")) {
                problems.invalid(
                        at,
                        context,
                        "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add`"
                                + " CAP_SYS_ADMIN");
            }
        }
    }

    static void pod(JsonNode context, String at, Problems problems) {
        ids(context, at, problems);
        number(context, "fsGroup", at, problems);
        int i = 0;
        for (var group : Tree.at(context, "supplementalGroups")) {
            var field = at + ".supplementalGroups[" + i++ + "]";
            if (group.asLong(0) < 0 || group.asLong(0) > Integer.MAX_VALUE) {
                problems.invalid(field, group, RANGE);
            }
        }
        Checks.oneOfIfSet(
                context, "fsGroupChangePolicy", List.of("Always", "OnRootMismatch"), at, problems);
        profile(context, at, problems);
    }

    private static void ids(JsonNode context, String at, Problems problems) {
        number(context, "runAsUser", at, problems);
        number(context, "runAsGroup", at, problems);
    }

    private static void number(JsonNode context, String name, String at, Problems problems) {
        long id = Tree.number(context, 0, name);
        if (id < 0 || id > Integer.MAX_VALUE) {
            problems.invalid(at + "." + name, id, RANGE);
        }
    }

    private static void profile(JsonNode context, String at, Problems problems) {
        var profile = Tree.at(context, "seccompProfile");
        if (profile.isMissingNode()) {
            return;
        }
        var field = at + ".seccompProfile";
        Checks.oneOf(profile, "type", PROFILES, field, problems);
        boolean local = Tree.text(profile, "type").equals("Localhost");
        if (local && Tree.text(profile, "localhostProfile").isEmpty()) {
            problems.required(
                    field + ".localhostProfile", "must be set when seccomp type is Localhost ");
        } else if (!local && Tree.has(profile, "localhostProfile")) {
            problems.invalid(
                    field + ".localhostProfile",
                    Tree.text(profile, "localhostProfile"),
                    "can only be set when seccomp type is Localhost");
        }
    }
}
