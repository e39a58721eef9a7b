package dev.flotilla.server.auth;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;
import dev.flotilla.server.call.Refusal;

import org.eclipse.jetty.http.HttpFields;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// Acting as someone else, for those who may `impersonate`, by Kubernetes' headers.
public final class Impersonation {
    private static final String PREFIX = "impersonate-";
    private static final String ACCOUNT = "system:serviceaccount:";

    private Impersonation() {}

    /// Who is to be taken for the one who asks.
    ///
    /// @param real who asks
    /// @param admit throws for who may not
    /// @throws Refusal 403 for who may not, 400 where nobody is named
    public static Identity of(HttpFields headers, Identity real, Consumer<Asked> admit) {
        if (headers.stream()
                .noneMatch(h -> h.getName().regionMatches(true, 0, PREFIX, 0, PREFIX.length()))) {
            return real;
        }
        var user = Objects.requireNonNullElse(headers.get("Impersonate-User"), "");
        if (user.isEmpty()) {
            throw Refusal.badRequest("Impersonate-User must name whom to act as");
        }
        var account = account(user);
        admit.accept(
                account.map(a -> asked("", a.namespace(), "serviceaccounts", a.name()))
                        .orElseGet(() -> asked("", "", "users", user)));
        var given = headers.getValuesList("Impersonate-Group");
        given.forEach(group -> admit.accept(asked("", "", "groups", group)));
        var uid = Objects.requireNonNullElse(headers.get("Impersonate-Uid"), "");
        if (!uid.isEmpty()) {
            admit.accept(asked("authentication.k8s.io", "", "uids", uid));
        }
        return new Identity(user, uid, groups(user, given));
    }

    private static Asked asked(String group, String namespace, String kind, String name) {
        return new Asked("impersonate", "", group, "v1", namespace, kind, "", name);
    }

    /// The account that a user's name stands for.
    private static Optional<ObjectKey> account(String user) {
        var parts = List.of(user.split(":", -1));
        return user.startsWith(ACCOUNT) && parts.size() == 4
                ? Optional.of(new ObjectKey(parts.get(2), parts.get(3)))
                : Optional.empty();
    }

    private static List<String> groups(String user, List<String> given) {
        var groups = new ArrayList<>(given);
        if (given.isEmpty()) {
            account(user).ifPresent(a -> groups.addAll(Identity.account(a, "").groups()));
        }
        var known = user.equals(Identity.ANONYMOUS.user()) ? Identity.UNKNOWN : Identity.KNOWN;
        if (!groups.contains(Identity.KNOWN) && !groups.contains(Identity.UNKNOWN)) {
            groups.add(known);
        }
        return List.copyOf(groups);
    }
}
