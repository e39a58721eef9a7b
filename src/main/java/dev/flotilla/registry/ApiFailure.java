package dev.flotilla.registry;

import dev.flotilla.registry.apply.Conflict;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.util.List;

/// A request that gets no object but a Kubernetes Status, worded as Kubernetes words it.
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final int code;
    private final String reason;
    private final transient ObjectNode status;

    private ApiFailure(int code, String reason, String message, @Nullable ObjectNode details) {
        super(message);
        this.code = code;
        this.reason = reason;
        status = JSON.createObjectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Failure").put("message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        if (details != null) {
            status.set("details", details);
        }
        status.put("code", code);
    }

    /// The HTTP status.
    public int code() {
        return code;
    }

    /// Kubernetes' CamelCase word, such as `NotFound`.
    public String reason() {
        return reason;
    }

    /// The body of the answer; the caller's own.
    public ObjectNode status() {
        return status.deepCopy();
    }

    /// 404: there is no such object.
    public static ApiFailure notFound(ResourceType type, String name) {
        return new ApiFailure(
                404,
                "NotFound",
                "%s \"%s\" not found".formatted(type.resource(), name),
                details(type, name));
    }

    /// 404: there is no such object of a kind that is not the request's own.
    public static ApiFailure notFound(String resource, String name) {
        var details = JSON.createObjectNode().put("name", name).put("kind", resource);
        return new ApiFailure(
                404, "NotFound", "%s \"%s\" not found".formatted(resource, name), details);
    }

    /// 500: nothing is wrong with the request, and yet it can't be done.
    public static ApiFailure internal(String why) {
        var details = JSON.createObjectNode();
        details.putArray("causes").addObject().put("message", why);
        return new ApiFailure(500, "InternalError", "Internal error occurred: " + why, details);
    }

    /// 404: there is no such path.
    public static ApiFailure noSuchPath() {
        return new ApiFailure(
                404,
                "NotFound",
                "the server could not find the requested resource",
                JSON.createObjectNode());
    }

    /// 409: an object of that name is there.
    public static ApiFailure alreadyExists(ResourceType type, String name) {
        return new ApiFailure(
                409,
                "AlreadyExists",
                "%s \"%s\" already exists".formatted(type.resource(), name),
                details(type, name));
    }

    /// 409: someone else wrote first.
    public static ApiFailure conflict(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version"
                        + " and try again");
    }

    /// 409 for another reason.
    public static ApiFailure conflict(ResourceType type, String name, String why) {
        return new ApiFailure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on %s \"%s\": %s"
                        .formatted(type.resource(), name, why),
                details(type, name));
    }

    /// 409: other managers own fields that were to get another value.
    public static ApiFailure applyConflict(String message, List<Conflict.Cause> found) {
        var details = JSON.createObjectNode();
        var causes = details.putArray("causes");
        for (var cause : found) {
            causes.addObject()
                    .put("reason", "FieldManagerConflict")
                    .put("message", cause.message())
                    .put("field", cause.path());
        }
        return new ApiFailure(409, "Conflict", message, details);
    }

    /// 400: what is to be applied does not fit the schema. Kubernetes gives no reason with it.
    public static ApiFailure untyped(ResourceType type, ObjectNode wanted, String why) {
        var metadata = wanted.path("metadata");
        return new ApiFailure(
                400,
                "",
                "failed to create typed patch object (%s/%s; %s, Kind=%s): %s"
                        .formatted(
                                metadata.path("namespace").asString(""),
                                metadata.path("name").asString(""),
                                type.group().isEmpty() ? "/" + type.version() : type.apiVersion(),
                                type.kind(),
                                why),
                null);
    }

    /// 409: the object is not the one that a deletion is meant for. Kubernetes names its kind here
    /// where it names the resource elsewhere.
    public static ApiFailure preconditionFailed(ResourceType type, String name, String why) {
        var details = details(type, name).put("kind", type.kind());
        return new ApiFailure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on %s \"%s\": %s"
                        .formatted(type.qualifiedKind(), name, why),
                details);
    }

    /// 429: not now. Says why in a cause of its own.
    ///
    /// @param seconds after which to try again; 0 when nobody knows
    public static ApiFailure tooManyRequests(
            String message, int seconds, String cause, String why) {
        var details = JSON.createObjectNode();
        details.putArray("causes").addObject().put("reason", cause).put("message", why);
        if (seconds > 0) {
            details.put("retryAfterSeconds", seconds);
        }
        return new ApiFailure(429, "TooManyRequests", message, details);
    }

    /// 500: the objects that are there make no sense together.
    public static ApiFailure contradiction(String message) {
        return new ApiFailure(500, "", message, null);
    }

    /// 422: the object's fields are wrong. Lists every problem.
    public static ApiFailure invalid(ResourceType type, String name, List<Problem> problems) {
        return invalid(type.qualifiedKind(), name, type.group(), type.kind(), problems);
    }

    private static ApiFailure invalid(
            String qualified, String name, String group, String kind, List<Problem> problems) {
        var details = JSON.createObjectNode();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        if (!kind.isEmpty()) {
            details.put("kind", kind);
        }
        var causes = details.putArray("causes");
        for (var p : problems) {
            causes.addObject()
                    .put("reason", p.reason())
                    .put("message", p.message())
                    .put("field", p.field());
        }
        var all = problems.stream().map(p -> p.field() + ": " + p.message()).distinct().toList();
        var text = all.size() == 1 ? all.getFirst() : "[" + String.join(", ", all) + "]";
        return new ApiFailure(
                422,
                "Invalid",
                "%s \"%s\" is invalid: %s".formatted(qualified, name, text),
                details);
    }

    /// 422: as [#invalid(ResourceType, String, List)], of a nameless object of a kind that is not
    /// kept.
    public static ApiFailure invalid(String group, String kind, List<Problem> problems) {
        return invalid(kind + "." + group, "", group, kind, problems);
    }

    /// 422: what a patch makes of the object can't be read as one of its kind.
    ///
    /// @param said what was read
    public static ApiFailure badPatched(String said, String why) {
        var message = "Invalid value: %s: %s".formatted(StringNode.valueOf(said), why);
        var details = JSON.createObjectNode();
        details.putArray("causes")
                .addObject()
                .put("reason", "FieldValueInvalid")
                .put("message", message)
                .put("field", "patch");
        return new ApiFailure(422, "Invalid", " \"\" is invalid: patch: " + message, details);
    }

    /// 422: a patch that is well formed but can't be applied to the object. Kubernetes does not say
    /// to the client why.
    public static ApiFailure patchFailed() {
        return new ApiFailure(
                422,
                "Invalid",
                "the server rejected our request due to an error in our request",
                JSON.createObjectNode());
    }

    /// 422: an update that does not say which version of the object it is about. Kubernetes names
    /// the resource here where it names the kind elsewhere.
    public static ApiFailure unversioned(ResourceType type, String name) {
        return invalid(
                type.resource(),
                name,
                type.group(),
                type.plural(),
                List.of(
                        Problem.invalid(
                                "metadata.resourceVersion",
                                "0x0",
                                "must be specified for an update")));
    }

    /// 400: the request makes no sense.
    public static ApiFailure badRequest(String message) {
        return new ApiFailure(400, "BadRequest", message, null);
    }

    /// 413: more than is taken at once.
    public static ApiFailure requestTooLarge(String message) {
        return new ApiFailure(413, "RequestEntityTooLarge", message, null);
    }

    /// 403: understood, and refused.
    public static ApiFailure forbidden(ResourceType type, String name, String why) {
        return new ApiFailure(
                403,
                "Forbidden",
                "%s \"%s\" is forbidden: %s".formatted(type.resource(), name, why),
                details(type, name));
    }

    /// 403: nothing new may be made in a namespace that is going.
    public static ApiFailure namespaceTerminating(
            ResourceType type, String name, String namespace) {
        var why =
                "unable to create new content in namespace %s because it is being terminated"
                        .formatted(namespace);
        var details = details(type, name);
        details.putArray("causes")
                .addObject()
                .put("reason", "NamespaceTerminating")
                .put("message", "namespace %s is being terminated".formatted(namespace))
                .put("field", "metadata.namespace");
        return new ApiFailure(
                403,
                "Forbidden",
                "%s \"%s\" is forbidden: %s".formatted(type.resource(), name, why),
                details);
    }

    /// 405: the kind has no such verb.
    public static ApiFailure methodNotAllowed(ResourceType type, String verb) {
        return new ApiFailure(
                405,
                "MethodNotAllowed",
                "%s is not supported on resources of kind \"%s\"".formatted(verb, type.resource()),
                details(type, ""));
    }

    /// 410: the history that the request needs is gone.
    public static ApiFailure expired(String message) {
        return new ApiFailure(410, "Expired", message, null);
    }

    /// 410: the history since a revision is gone.
    ///
    /// @param oldest the revision that a watch can still begin from
    public static ApiFailure tooOldRevision(long wanted, long oldest) {
        return expired("too old resource version: %d (%d)".formatted(wanted, oldest));
    }

    /// 410: the moment of a list in parts is no longer known.
    ///
    /// @param rest a token for the rest of the list as it is now
    public static ApiFailure expiredPage(String rest) {
        var failure =
                expired(
                        "The provided continue parameter is too old to display a consistent list"
                            + " result. You can start a new list without the continue parameter, or"
                            + " use the continue token in this response to retrieve the remainder"
                            + " of the results. Continuing with the provided token results in an"
                            + " inconsistent list - objects that were created, modified, or deleted"
                            + " between the time the first chunk was returned and now may show up"
                            + " in the list.");
        failure.status.withObject("metadata").put("continue", rest);
        return failure;
    }

    /// 504: the revision asked for lies in the future.
    public static ApiFailure tooLargeRevision(long wanted, long present) {
        var details = JSON.createObjectNode();
        details.putArray("causes")
                .addObject()
                .put("reason", "ResourceVersionTooLarge")
                .put("message", "Too large resource version");
        details.put("retryAfterSeconds", 1);
        return new ApiFailure(
                504,
                "Timeout",
                "Timeout: Too large resource version: %d, current: %d".formatted(wanted, present),
                details);
    }

    private static ObjectNode details(ResourceType type, String name) {
        var details = JSON.createObjectNode();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        return details.put("kind", type.plural());
    }
}
