package dev.flotilla.server.call;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.server.pki.Pki;

import java.util.List;
import java.util.Map;

/// Who asks.
///
/// @param uid empty where there is none
/// @param extra what else is known of him, by name
public record Identity(
        String user, String uid, List<String> groups, Map<String, List<String>> extra) {
    /// The group of all who are known.
    public static final String KNOWN = "system:authenticated";

    /// The group of all others.
    public static final String UNKNOWN = "system:unauthenticated";

    public static final Identity ANONYMOUS = new Identity("system:anonymous", List.of(UNKNOWN));
    public static final Identity ADMIN = new Identity(Pki.ADMIN, List.of(Pki.MASTERS, KNOWN));

    public Identity(String user, String uid, List<String> groups) {
        this(user, uid, groups, Map.of());
    }

    public Identity(String user, List<String> groups) {
        this(user, "", groups);
    }

    /// A service account.
    public static Identity account(ObjectKey account, String uid) {
        return new Identity(
                "system:serviceaccount:%s:%s".formatted(account.namespace(), account.name()),
                uid,
                List.of(
                        "system:serviceaccounts",
                        "system:serviceaccounts:" + account.namespace(),
                        KNOWN));
    }

    /// The same with what else is known.
    public Identity with(Map<String, List<String>> more) {
        return new Identity(user, uid, groups, more);
    }

    public boolean isAnonymous() {
        return equals(ANONYMOUS);
    }

    /// Whether there is nothing that is refused.
    public boolean mayDoEverything() {
        return groups.contains(Pki.MASTERS);
    }
}
