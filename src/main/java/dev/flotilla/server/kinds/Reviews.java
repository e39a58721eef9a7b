package dev.flotilla.server.kinds;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.server.auth.AccountTokens;
import dev.flotilla.server.auth.Authenticator;
import dev.flotilla.server.auth.Rights;
import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Expected;
import dev.flotilla.server.call.Identity;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.call.Resources;
import dev.flotilla.server.call.Route;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authorization.v1.LocalSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Questions about who one is and what one may: of oneself, of others, of a token.
public final class Reviews implements Resources {
    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final String AUTHORIZATION = "authorization.k8s.io";
    private static final List<ResourceType> TYPES =
            List.of(
                    type(AUTHENTICATION, "selfsubjectreviews", SelfSubjectReview.class, false),
                    type(AUTHENTICATION, "tokenreviews", TokenReview.class, false),
                    type(
                            AUTHORIZATION,
                            "localsubjectaccessreviews",
                            LocalSubjectAccessReview.class,
                            true),
                    type(
                            AUTHORIZATION,
                            "selfsubjectaccessreviews",
                            SelfSubjectAccessReview.class,
                            false),
                    type(
                            AUTHORIZATION,
                            "selfsubjectrulesreviews",
                            SelfSubjectRulesReview.class,
                            false),
                    type(AUTHORIZATION, "subjectaccessreviews", SubjectAccessReview.class, false));

    private final Authenticator authenticator;
    private final Rights rights;

    public Reviews(Authenticator authenticator, Rights rights) {
        this.authenticator = authenticator;
        this.rights = rights;
    }

    @Override
    public List<ResourceType> types() {
        return TYPES;
    }

    @Override
    public List<Part> parts(ResourceType type) {
        return List.of();
    }

    @Override
    public void serve(Call call, Route.Resource at, ResourceType type) throws IOException {
        if (!at.subresource().isEmpty() || !at.name().isEmpty()) {
            throw Refusal.noSuchPath();
        }
        if (!call.method().equals("POST") || type.namespaced() == at.namespace().isEmpty()) {
            throw Refusal.methodNotAllowed();
        }
        var form = call.plainForm();
        var review = call.object(Expected.kindOf(type));
        review.withObject("metadata").putNull("creationTimestamp");
        var status = review.putObject("status");
        switch (type.kind()) {
            case "SelfSubjectReview" -> whoAmI(status, call.who());
            case "TokenReview" -> whose(review, status);
            case "SelfSubjectAccessReview" -> {
                check(review, false);
                may(review, status, call.who());
            }
            case "SelfSubjectRulesReview" -> {
                whatMayI(status, call.who(), text(review.path("spec"), "namespace"));
                review.putObject("spec");
            }
            default -> {
                check(review, true);
                checkNamespace(review, at);
                var spec = review.path("spec");
                may(review, status, new Identity(text(spec, "user"), texts(spec.path("groups"))));
            }
        }
        Answer.send(call, 201, review, form.syntax());
    }

    private static void whoAmI(ObjectNode status, Identity who) {
        user(status.putObject("userInfo"), who);
    }

    private static void user(ObjectNode user, Identity who) {
        user.put("username", who.user());
        if (!who.uid().isEmpty()) {
            user.put("uid", who.uid());
        }
        who.groups().forEach(user.putArray("groups")::add);
        if (!who.extra().isEmpty()) {
            var extra = user.putObject("extra");
            who.extra().forEach((name, values) -> values.forEach(extra.putArray(name)::add));
        }
    }

    private void whose(ObjectNode review, ObjectNode status) {
        var token = review.at("/spec/token").asString("");
        if (token.isEmpty()) {
            throw Refusal.badRequest("token is required for TokenReview in authentication");
        }
        var wanted = texts(review.at("/spec/audiences"));
        var holder =
                authenticator.holder(
                        token, wanted.isEmpty() ? List.of(AccountTokens.ISSUER) : wanted);
        holder.ifPresentOrElse(
                h -> {
                    status.put("authenticated", true);
                    user(status.putObject("user"), h.who());
                    h.audiences().forEach(status.putArray("audiences")::add);
                },
                () -> {
                    status.putObject("user");
                    status.put("error", "invalid bearer token");
                });
    }

    private void may(ObjectNode review, ObjectNode status, Identity who) {
        var verdict = rights.verdict(who, asked(review.path("spec")));
        status.put("allowed", verdict.allowed());
        if (!verdict.why().isEmpty()) {
            status.put("reason", verdict.why());
        }
    }

    private static Asked asked(JsonNode spec) {
        var path = spec.path("nonResourceAttributes");
        if (path.isObject()) {
            return new Asked(text(path, "verb"), text(path, "path"), "", "", "", "", "", "");
        }
        var of = spec.path("resourceAttributes");
        var resource = text(of, "resource");
        return new Asked(
                text(of, "verb"),
                "",
                text(of, "group"),
                text(of, "version"),
                text(of, "namespace"),
                resource.isEmpty() ? "*" : resource,
                text(of, "subresource"),
                text(of, "name"));
    }

    private static String text(JsonNode tree, String field) {
        return tree.path(field).asString("");
    }

    private static void check(ObjectNode review, boolean ofOthers) {
        var problems = new Problems();
        var spec = review.path("spec");
        var paths = spec.path("nonResourceAttributes");
        if (spec.path("resourceAttributes").isObject()) {
            if (paths.isObject()) {
                problems.invalid(
                        "spec.nonResourceAttributes",
                        paths,
                        "cannot be specified in combination with resourceAttributes");
            }
        } else if (!paths.isObject()) {
            problems.invalid(
                    "spec.resourceAttributes",
                    NullNode.getInstance(),
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
        if (ofOthers && text(spec, "user").isEmpty() && spec.path("groups").isEmpty()) {
            problems.invalid("spec.user", "", "at least one of user or group must be specified");
        }
        if (!problems.all().isEmpty()) {
            // Kubernetes has forgotten the kind by then.
            throw ApiFailure.invalid("authorization.k8s.io", "", problems.all());
        }
    }

    private static void checkNamespace(ObjectNode review, Route.Resource at) {
        var said = review.at("/spec/resourceAttributes/namespace").asString("");
        if (!at.namespace().isEmpty() && !said.equals(at.namespace())) {
            throw Refusal.badRequest(
                    "spec.resourceAttributes.namespace must be the namespace of the request, "
                            + at.namespace());
        }
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(n -> n.asString("")).toList();
    }

    private void whatMayI(ObjectNode status, Identity who, String namespace) {
        if (namespace.isEmpty()) {
            throw Refusal.badRequest("no namespace on request");
        }
        var objects = status.putArray("resourceRules");
        var paths = status.putArray("nonResourceRules");
        for (var rule : rights.rules(who, namespace)) {
            (rule.path("nonResourceURLs").isEmpty() ? objects : paths).add(rule);
        }
        status.put("incomplete", false);
    }

    private static ResourceType type(
            String group, String plural, Class<? extends HasMetadata> model, boolean namespaced) {
        return new ResourceType(
                group,
                "v1",
                plural,
                plural.substring(0, plural.length() - 1),
                model.getSimpleName(),
                List.of(),
                List.of(),
                namespaced,
                Set.of("create"),
                false,
                false,
                model);
    }
}
