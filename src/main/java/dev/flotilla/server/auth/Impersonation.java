package dev.flotilla.server.auth;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;
import dev.flotilla.server.call.Refusal;

import org.eclipse.jetty.http.HttpFields;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Acting as someone else, which only administrators may, by Kubernetes' headers.
public final class Impersonation {
    private static final String PREFIX = "impersonate-";
    private static final String ACCOUNT = "system:serviceaccount:";

    private Impersonation() {}

    /// Who is to be taken for the one who asks.
    ///
    /// @param real who asks
    /// @throws Refusal 403 for who may not, 400 where nobody is named
    public static Identity of(HttpFields headers, Identity real) {
        if (headers.stream()
                .noneMatch(h -> h.getName().toLowerCase(Locale.ROOT).startsWith(PREFIX))) {
            return real;
        }
        var user = Objects.requireNonNullElse(headers.get("Impersonate-User"), "");
        if (user.isEmpty()) {
            throw Refusal.badRequest("Impersonate-User must name whom to act as");
        }
        if (!real.mayDoEverything()) {
            throw Refusal.forbidden(
                    real.user(), new Asked("impersonate", "", "", "v1", "", "users", "", user));
        }
        var uid = Objects.requireNonNullElse(headers.get("Impersonate-Uid"), "");
        return new Identity(user, uid, groups(user, headers.getValuesList("Impersonate-Group")));
    }

    private static List<String> groups(String user, List<String> given) {
        var parts = List.of(user.split(":", -1));
        var groups = new ArrayList<>(given);
        if (given.isEmpty() && user.startsWith(ACCOUNT) && parts.size() == 4) {
            groups.addAll(Identity.account(new ObjectKey(parts.get(2), parts.get(3)), "").groups());
        }
        var known = user.equals(Identity.ANONYMOUS.user()) ? Identity.UNKNOWN : Identity.KNOWN;
        if (!groups.contains(Identity.KNOWN) && !groups.contains(Identity.UNKNOWN)) {
            groups.add(known);
        }
        return List.copyOf(groups);
    }
}
