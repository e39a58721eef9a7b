package dev.flotilla.server.kinds;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Expected;
import dev.flotilla.server.call.Identity;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.call.Resources;
import dev.flotilla.server.call.Route;
import dev.flotilla.server.discovery.Discovery;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Questions about oneself: who am I, may I, what may I. Whoever comes this far may do everything.
public final class Reviews implements Resources {
    private static final List<ResourceType> TYPES =
            List.of(
                    type("authentication.k8s.io", "selfsubjectreviews", SelfSubjectReview.class),
                    type(
                            "authorization.k8s.io",
                            "selfsubjectaccessreviews",
                            SelfSubjectAccessReview.class),
                    type(
                            "authorization.k8s.io",
                            "selfsubjectrulesreviews",
                            SelfSubjectRulesReview.class));

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
        if (!call.method().equals("POST")) {
            throw Refusal.methodNotAllowed();
        }
        call.form();
        var review = Expected.kindOf(type).in(call.object());
        review.withObject("metadata").putNull("creationTimestamp");
        var status = review.putObject("status");
        switch (type.kind()) {
            case "SelfSubjectReview" -> whoAmI(status, call.who());
            case "SelfSubjectAccessReview" -> mayI(review, status, call.who());
            default -> whatMayI(status);
        }
        call.answer(201, review);
    }

    private static void whoAmI(ObjectNode status, Identity who) {
        var user = status.putObject("userInfo").put("username", who.user());
        Discovery.texts(user.putArray("groups"), who.groups());
    }

    private static void mayI(ObjectNode review, ObjectNode status, Identity who) {
        var spec = review.path("spec");
        if (spec.path("resourceAttributes").isObject()
                == spec.path("nonResourceAttributes").isObject()) {
            throw Refusal.badRequest(
                    "exactly one of spec.resourceAttributes and spec.nonResourceAttributes must be"
                            + " set");
        }
        status.put("allowed", who.mayDoEverything());
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
            String group, String plural, Class<? extends HasMetadata> model) {
        return new ResourceType(
                group,
                "v1",
                plural,
                plural.substring(0, plural.length() - 1),
                model.getSimpleName(),
                List.of(),
                List.of(),
                false,
                Set.of("create"),
                false,
                false,
                model);
    }
}
