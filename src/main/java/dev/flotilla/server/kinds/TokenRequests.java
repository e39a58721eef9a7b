package dev.flotilla.server.kinds;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.Problem;
import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Subresource;
import dev.flotilla.server.auth.AccountTokens;
import dev.flotilla.server.auth.AccountTokens.Bound;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Expected;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.call.Resources.Part;
import dev.flotilla.server.call.WriteQuery;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A service account's part that makes a token by which one is that account.
final class TokenRequests {
    static final Part PART =
            new Part("token", "authentication.k8s.io", "v1", "TokenRequest", List.of("create"));

    private static final long HOUR = 3600;
    private static final long LEAST = 600;
    private static final long MOST = 1L << 32;

    private final Registry registry;
    private final AccountTokens tokens;

    TokenRequests(Registry registry, AccountTokens tokens) {
        this.registry = registry;
        this.tokens = tokens;
    }

    void serve(Call call, ObjectKey key, ResourceType accounts) throws IOException {
        if (!call.method().equals("POST")) {
            throw Refusal.methodNotAllowed();
        }
        var dryRun = WriteQuery.of(call, "CreateOptions").dryRun();
        var request = call.object(new Expected(PART.group(), PART.version(), PART.kind()));
        var account = registry.get(accounts, key, Subresource.NONE);
        place(request, account, key);
        var spec = request.withObject("spec");
        if (!spec.path("expirationSeconds").isNumber()) {
            spec.put("expirationSeconds", HOUR);
        }
        if (spec.path("audiences").isEmpty()) {
            spec.putArray("audiences").add(AccountTokens.ISSUER);
        }
        long seconds = spec.path("expirationSeconds").asLong(0);
        check(seconds);
        var audiences = spec.path("audiences").valueStream().map(a -> a.asString("")).toList();
        var bound = bound(key, spec.path("boundObjectRef"));
        var uid = account.at("/metadata/uid").asString("");
        var issued = tokens.issue(key, uid, audiences, Duration.ofSeconds(seconds), bound);
        request.putObject("status")
                .put("token", dryRun ? "" : issued.token().text())
                .put("expirationTimestamp", issued.expires().toString());
        call.answer(201, request);
    }

    private static void place(ObjectNode request, ObjectNode account, ObjectKey key) {
        var metadata = request.withObject("metadata");
        var name = metadata.path("name").asString("");
        if (!name.isEmpty() && !name.equals(key.name())) {
            throw Refusal.badRequest(
                    "the name of the object (%s) does not match the name on the URL (%s)"
                            .formatted(name, key.name()));
        }
        var namespace = metadata.path("namespace").asString("");
        if (!namespace.isEmpty() && !namespace.equals(key.namespace())) {
            throw Refusal.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the"
                            + " request");
        }
        metadata.put("name", key.name()).put("namespace", key.namespace());
        metadata.set("creationTimestamp", account.at("/metadata/creationTimestamp"));
    }

    private static void check(long seconds) {
        var why =
                seconds < LEAST
                        ? "may not specify a duration less than 10 minutes"
                        : "may not specify a duration larger than 2^32 seconds";
        if (seconds < LEAST || seconds > MOST) {
            throw ApiFailure.invalid(
                    PART.group(),
                    PART.kind(),
                    List.of(Problem.invalid("spec.expirationSeconds", seconds, why)));
        }
    }

    private Optional<Bound> bound(ObjectKey account, JsonNode ref) {
        if (!ref.isObject()) {
            return Optional.empty();
        }
        var kind = ref.path("kind").asString("");
        var name = ref.path("name").asString("");
        var plural =
                switch (ref.path("apiVersion").asString("") + "/" + kind) {
                    case "v1/Pod" -> "pods";
                    case "v1/Secret" -> "secrets";
                    case "v1/Node" -> "nodes";
                    default ->
                            throw Refusal.badRequest(
                                    "cannot bind token for serviceaccount to object of type "
                                            + kind);
                };
        var type = registry.type("", "v1", plural).orElseThrow();
        var object =
                registry.get(
                        type,
                        new ObjectKey(type.namespaced() ? account.namespace() : "", name),
                        Subresource.NONE);
        if (kind.equals("Pod")
                && !object.at("/spec/serviceAccountName").asString("").equals(account.name())) {
            throw Refusal.badRequest(
                    "cannot bind token for serviceaccount \"%s\" to pod running with different serviceaccount name."
                            .formatted(account.name()));
        }
        var uid = object.at("/metadata/uid").asString("");
        var wanted = ref.path("uid").asString("");
        if (!wanted.isEmpty() && !wanted.equals(uid)) {
            throw ApiFailure.conflict(
                    type,
                    name,
                    ("the UID in the bound object reference (%s) does not match the UID in record."
                                    + " The object might have been deleted and then recreated")
                            .formatted(wanted));
        }
        return Optional.of(new Bound(plural, kind, name, uid));
    }
}
