package dev.flotilla.server.auth;

import dev.flotilla.registry.Registry;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Who may do what. Administrators may do everything; anyone may ask how the server does; and all
/// may do what roles bound to them allow, among them those that every cluster brings: whoever is
/// known may look at what kinds there are and ask about himself.
public final class Rights {
    private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");

    private final Roles roles;

    public Rights(Registry registry) {
        roles = new Roles(registry);
    }

    /// @param why as Kubernetes tells it; often nothing
    public record Verdict(boolean allowed, String why) {}

    public boolean may(Identity who, Asked asked) {
        return verdict(who, asked).allowed;
    }

    public Verdict verdict(Identity who, Asked asked) {
        if (who.mayDoEverything() || isHealth(asked)) {
            return new Verdict(true, "");
        }
        return roles.why(who, asked)
                .map(why -> new Verdict(true, why))
                .orElseGet(() -> new Verdict(false, ""));
    }

    private static boolean isHealth(Asked asked) {
        return !asked.ofObjects()
                && HEALTH.stream()
                        .anyMatch(p -> asked.path().equals(p) || asked.path().startsWith(p + "/"));
    }

    /// Every rule that someone has.
    ///
    /// @param namespace beside those that hold everywhere
    public List<JsonNode> rules(Identity who, String namespace) {
        return roles.rules(who, namespace);
    }

    /// What of these rules someone does not have himself, simply put.
    List<JsonNode> lacking(Identity who, String namespace, List<JsonNode> wanted) {
        var held = roles.rules(who, namespace);
        var lacking = new ArrayList<JsonNode>();
        for (var rule : wanted) {
            Grants.parts(rule).stream().filter(p -> !Grants.cover(held, p)).forEach(lacking::add);
        }
        return lacking;
    }

    Roles roles() {
        return roles;
    }
}
