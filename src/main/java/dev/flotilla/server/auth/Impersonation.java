package dev.flotilla.server.auth;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;
import dev.flotilla.server.call.Refusal;

import org.eclipse.jetty.http.HttpFields;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Acting as someone else, for those who may `impersonate`, by Kubernetes' headers.
public final class Impersonation {
    private static final String PREFIX = "impersonate-";
    private static final String EXTRA = "impersonate-extra-";
    private static final String AUTHENTICATION = "authentication.k8s.io";
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
            admit.accept(asked(AUTHENTICATION, "", "uids", uid));
        }
        var extra = extra(headers);
        extra.forEach((key, values) -> values.forEach(v -> admit.accept(askedExtra(key, v))));
        return new Identity(user, uid, groups(user, given), extra);
    }

    /// What else is to be known, by what follows `Impersonate-Extra-`: in lower case, for headers
    /// know no case, and percent-encoded where it has other letters than a header's name may have.
    private static Map<String, List<String>> extra(HttpFields headers) {
        var extra = new TreeMap<String, List<String>>();
        for (var header : headers) {
            var name = header.getName().toLowerCase(Locale.ROOT);
            if (name.startsWith(EXTRA)) {
                extra.computeIfAbsent(
                                decoded(name.substring(EXTRA.length())), _ -> new ArrayList<>())
                        .add(Objects.requireNonNullElse(header.getValue(), ""));
            }
        }
        return extra;
    }

    /// As it stands where it is not well encoded.
    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return key;
        }
    }

    private static Asked askedExtra(String key, String value) {
        return new Asked("impersonate", "", AUTHENTICATION, "v1", "", "userextras", key, value);
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
