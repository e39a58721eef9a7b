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
                .noneMatch(h -> h.getName().toLowerCase(Locale.ROOT).startsWith(PREFIX))) {
            return real;
        }
        var user = Objects.requireNonNullElse(headers.get("Impersonate-User"), "");
        if (user.isEmpty()) {
            throw Refusal.badRequest("Impersonate-User must name whom to act as");
        }
        var account = List.of(user.split(":", -1));
        if (user.startsWith(ACCOUNT) && account.size() == 4) {
            admit.accept(asked("", account.get(2), "serviceaccounts", account.get(3)));
        } else {
            admit.accept(asked("", "", "users", user));
        }
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
