package dev.flotilla.server.kinds;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.server.auth.Authenticator;
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
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Questions about who one is and what one may: of oneself, of others, of a token. Administrators
/// may do everything, and nobody else comes this far.
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

    public Reviews(Authenticator authenticator) {
        this.authenticator = authenticator;
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
        call.form();
        var review = Expected.kindOf(type).in(call.object());
        review.withObject("metadata").putNull("creationTimestamp");
        var status = review.putObject("status");
        switch (type.kind()) {
            case "SelfSubjectReview" -> whoAmI(status, call.who());
            case "TokenReview" -> whose(review, status);
            case "SelfSubjectAccessReview" -> {
                checkQuestion(review);
                may(status, call.who().user(), call.who().groups());
            }
            case "SelfSubjectRulesReview" -> whatMayI(status);
            default -> {
                checkQuestion(review);
                checkNamespace(review, at);
                var spec = review.path("spec");
                may(status, spec.path("user").asString(""), texts(spec.path("groups")));
            }
        }
        call.answer(201, review);
    }

    private static void whoAmI(ObjectNode status, Identity who) {
        user(status.putObject("userInfo"), who);
    }

    private static void user(ObjectNode user, Identity who) {
        user.put("username", who.user());
        who.groups().forEach(user.putArray("groups")::add);
    }

    private void whose(ObjectNode review, ObjectNode status) {
        var token = review.path("spec").path("token").asString("");
        var holder = authenticator.holder(token);
        status.put("authenticated", holder.isPresent());
        holder.ifPresentOrElse(
                who -> user(status.putObject("user"), who),
                () -> status.put("error", "invalid bearer token"));
    }

    private static void may(ObjectNode status, String user, List<String> groups) {
        var all = new Identity(user, groups).mayDoEverything();
        status.put("allowed", all);
        if (!all) {
            status.put("reason", "only members of system:masters may do anything here");
        }
    }

    private static void checkQuestion(ObjectNode review) {
        var spec = review.path("spec");
        if (spec.path("resourceAttributes").isObject()
                == spec.path("nonResourceAttributes").isObject()) {
            throw Refusal.badRequest(
                    "exactly one of spec.resourceAttributes and spec.nonResourceAttributes must be"
                            + " set");
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

    private static void whatMayI(ObjectNode status) {
        var objects = status.putArray("resourceRules").addObject();
        objects.putArray("verbs").add("*");
        objects.putArray("apiGroups").add("*");
        objects.putArray("resources").add("*");
        var paths = status.putArray("nonResourceRules").addObject();
        paths.putArray("verbs").add("*");
        paths.putArray("nonResourceURLs").add("*");
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
