package dev.flotilla.server.auth;

import dev.flotilla.registry.Registry;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Who may do what. Administrators may do everything; anyone may ask how the server does; whoever
/// is known may look at what kinds there are and ask about himself, as in a fresh Kubernetes
/// cluster; and all may do what roles bound to them allow.
public final class Rights {
    private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz", "/version");
    private static final List<String> DISCOVERY = List.of("/api", "/apis", "/openapi");
    private static final Set<String> ISSUER =
            Set.of("/openid/v1/jwks", "/.well-known/openid-configuration");
    private static final Set<String> OF_ONESELF =
            Set.of("selfsubjectreviews", "selfsubjectaccessreviews", "selfsubjectrulesreviews");

    private final Roles roles;

    public Rights(Registry registry) {
        roles = new Roles(registry);
    }

    public boolean may(Identity who, Asked asked) {
        return who.mayDoEverything()
                || isHealth(asked)
                || (who.groups().contains(Identity.KNOWN) && isOfAll(asked))
                || roles.allow(who, asked);
    }

    /// What all may do who are known.
    private static boolean isOfAll(Asked asked) {
        return asked.ofObjects()
                ? asked.verb().equals("create") && OF_ONESELF.contains(asked.resource())
                : isRead(asked) && isDiscovery(asked.path());
    }

    private static boolean isRead(Asked asked) {
        return asked.verb().equals("get") || asked.verb().equals("head");
    }

    private static boolean isHealth(Asked asked) {
        return !asked.ofObjects() && HEALTH.stream().anyMatch(p -> isOrBelow(asked.path(), p));
    }

    private static boolean isDiscovery(String path) {
        return ISSUER.contains(path) || DISCOVERY.stream().anyMatch(p -> isOrBelow(path, p));
    }

    private static boolean isOrBelow(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }

    /// What someone may, in the terms of SelfSubjectRulesReview.
    ///
    /// @param groups of the API; none for paths
    /// @param what kinds, or paths
    public record Rule(List<String> verbs, List<String> groups, List<String> what) {
        public boolean ofPaths() {
            return groups.isEmpty();
        }
    }

    /// All that [#may] allows, without what roles give.
    public List<Rule> rules(Identity who) {
        var all = List.of("*");
        if (who.mayDoEverything()) {
            return List.of(new Rule(all, all, all), new Rule(all, List.of(), all));
        }
        var paths = new ArrayList<>(List.of("/healthz", "/livez", "/readyz", "/version"));
        if (!who.groups().contains(Identity.KNOWN)) {
            return List.of(new Rule(List.of("get"), List.of(), paths));
        }
        DISCOVERY.forEach(p -> paths.addAll(List.of(p, p + "/*")));
        paths.addAll(List.of("/openid/v1/jwks", "/.well-known/openid-configuration"));
        return List.of(
                new Rule(
                        List.of("create"),
                        List.of("authentication.k8s.io", "authorization.k8s.io"),
                        OF_ONESELF.stream().sorted().toList()),
                new Rule(List.of("get"), List.of(), paths));
    }
}
