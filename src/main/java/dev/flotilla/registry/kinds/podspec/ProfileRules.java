package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// Profiles of what a container may do, by name; and the users of Windows.
final class ProfileRules {
    private static final List<String> TYPES = List.of("Localhost", "RuntimeDefault", "Unconfined");
    private static final int LONGEST_PATH = 4095;

    private ProfileRules() {}

    static void seccomp(JsonNode context, String at, Problems problems) {
        var profile = Tree.at(context, "seccompProfile");
        if (profile.isMissingNode()) {
            return;
        }
        var field = at + ".seccompProfile";
        var local = field + ".localhostProfile";
        type(profile, field, "type is required when seccompProfile is set", problems);
        if (!Tree.text(profile, "type").equals("Localhost")) {
            if (Tree.has(profile, "localhostProfile")) {
                var told =
                        Tree.empty()
                                .put("Type", Tree.text(profile, "type"))
                                .put("LocalhostProfile", Tree.text(profile, "localhostProfile"));
                problems.invalid(local, told, "can only be set when seccomp type is Localhost");
            }
        } else if (Tree.has(profile, "localhostProfile")) {
            PathRules.descending(Tree.text(profile, "localhostProfile"), local, problems);
        } else {
            problems.required(local, "must be set when seccomp type is Localhost");
        }
    }

    static void appArmor(JsonNode context, String at, Problems problems) {
        var profile = Tree.at(context, "appArmorProfile");
        if (profile.isMissingNode()) {
            return;
        }
        var field = at + ".appArmorProfile";
        var local = field + ".localhostProfile";
        var path = Tree.text(profile, "localhostProfile");
        switch (Tree.text(profile, "type")) {
            case "Localhost" -> {
                if (!path.strip().equals(path)) {
                    problems.invalid(local, path, "must not be padded with whitespace");
                } else if (path.isEmpty()) {
                    problems.required(local, "must be set when AppArmor type is Localhost");
                }
                if (path.length() > LONGEST_PATH) {
                    problems.tooLong(local, LONGEST_PATH);
                }
            }
            case "RuntimeDefault", "Unconfined" -> {
                if (Tree.has(profile, "localhostProfile")) {
                    problems.invalid(
                            local, path, "can only be set when AppArmor type is Localhost");
                }
            }
            case String other ->
                    type(profile, field, "type is required when appArmorProfile is set", problems);
        }
    }

    private static void type(JsonNode profile, String at, String needed, Problems problems) {
        var type = Tree.text(profile, "type");
        if (type.isEmpty()) {
            problems.required(at + ".type", needed);
        } else if (!TYPES.contains(type)) {
            problems.notOneOf(at + ".type", type, TYPES);
        }
    }

    static void windows(JsonNode context, String at, Problems problems) {
        var options = Tree.at(context, "windowsOptions");
        var field = at + ".windowsOptions";
        if (Tree.has(options, "gmsaCredentialSpecName")) {
            Checks.subdomain(
                    Tree.text(options, "gmsaCredentialSpecName"),
                    field + ".gmsaCredentialSpecName",
                    problems);
        }
        for (var name : List.of("gmsaCredentialSpec", "runAsUserName")) {
            if (Tree.has(options, name) && Tree.text(options, name).isEmpty()) {
                problems.invalid(field + "." + name, "", name + " cannot be an empty string");
            }
        }
    }
}
