package dev.flotilla.server.call;

import dev.flotilla.registry.Problem;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// A request that is refused before the registry hears of it: a Status in Kubernetes' words.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;
    private final transient ObjectNode details = JsonMapper.shared().createObjectNode();

    private Refusal(int code, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    public static Refusal badRequest(String message) {
        return new Refusal(400, "BadRequest", message);
    }

    public static Refusal unauthorized() {
        return new Refusal(401, "Unauthorized", "Unauthorized");
    }

    /// Someone is known, or let in unknown, and may not do this.
    public static Refusal forbidden(String user, Asked asked) {
        if (!asked.ofObjects()) {
            return new Refusal(
                    403,
                    "Forbidden",
                    "forbidden: User \"%s\" cannot %s path \"%s\""
                            .formatted(user, asked.verb(), asked.path()));
        }
        var whole =
                asked.group().isEmpty() ? asked.resource() : asked.resource() + "." + asked.group();
        var part =
                asked.subresource().isEmpty()
                        ? asked.resource()
                        : asked.resource() + "/" + asked.subresource();
        var refusal =
                new Refusal(
                        403,
                        "Forbidden",
                        "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
                                .formatted(
                                        asked.name().isEmpty()
                                                ? whole
                                                : whole + " \"" + asked.name() + "\"",
                                        user,
                                        asked.verb(),
                                        part,
                                        asked.group(),
                                        asked.namespace().isEmpty()
                                                ? "at the cluster scope"
                                                : "in the namespace \""
                                                        + asked.namespace()
                                                        + "\""));
        if (!asked.name().isEmpty()) {
            refusal.details.put("name", asked.name());
        }
        if (!asked.group().isEmpty()) {
            refusal.details.put("group", asked.group());
        }
        refusal.details.put("kind", asked.resource());
        return refusal;
    }

    /// More is asked at once than is served.
    public static Refusal tooManyRequests(int retryAfterSeconds) {
        var refusal =
                new Refusal(429, "TooManyRequests", "Too many requests, please try again later.");
        refusal.details.put("retryAfterSeconds", retryAfterSeconds);
        return refusal;
    }

    public static Refusal noSuchPath() {
        return new Refusal(404, "NotFound", "the server could not find the requested resource");
    }

    public static Refusal noSuchObject(String resource, String name) {
        return new Refusal(404, "NotFound", "%s \"%s\" not found".formatted(resource, name));
    }

    public static Refusal methodNotAllowed() {
        return new Refusal(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource");
    }

    /// @param plural of a kind of which there are never any
    public static Refusal onlyRead(String plural) {
        return new Refusal(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource: %s can only be read here, and there are none; kinds can't be added"
                        .formatted(plural));
    }

    public static Refusal notAcceptable() {
        return notAcceptable(
                "application/json, application/yaml, application/vnd.kubernetes.protobuf");
    }

    static Refusal notAcceptable(String accepted) {
        return new Refusal(
                406, "NotAcceptable", "only the following media types are accepted: " + accepted);
    }

    static Refusal tooLarge(int limit) {
        return new Refusal(
                413, "RequestEntityTooLarge", "Request entity too large: limit is " + limit);
    }

    public static Refusal unsupportedMedia(String accepted) {
        return new Refusal(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                        + accepted);
    }

    static Refusal invalidOption(String options, String field, String why) {
        var reason =
                switch (why.substring(0, Math.max(0, why.indexOf(':')))) {
                    case "Forbidden" -> "FieldValueForbidden";
                    case "Unsupported value" -> "FieldValueNotSupported";
                    case "Required value" -> "FieldValueRequired";
                    case "Too long" -> "FieldValueTooLong";
                    default -> "FieldValueInvalid";
                };
        return invalidOptions(options, List.of(new Problem(reason, field, why)));
    }

    /// @param options what Kubernetes calls them, such as `ListOptions`
    static Refusal invalidOptions(String options, List<Problem> problems) {
        var all = problems.stream().map(p -> p.field() + ": " + p.message()).toList();
        var text = all.size() == 1 ? all.getFirst() : "[" + String.join(", ", all) + "]";
        var refusal =
                new Refusal(
                        422,
                        "Invalid",
                        "%s.meta.k8s.io \"\" is invalid: %s".formatted(options, text));
        refusal.details.put("group", "meta.k8s.io").put("kind", options);
        var causes = refusal.details.putArray("causes");
        for (var p : problems) {
            causes.addObject()
                    .put("reason", p.reason())
                    .put("message", p.message())
                    .put("field", p.field());
        }
        return refusal;
    }

    /// @param mark by which the cause is found in the log
    public static Refusal internal(String mark) {
        return new Refusal(
                500,
                "InternalError",
                "Internal error occurred: it is in the log of Flotilla as " + mark);
    }

    /// The client took too long to say what it wants.
    public static Refusal timeout() {
        return new Refusal(
                504, "Timeout", "Timeout: request did not complete within the allotted timeout");
    }

    /// Who would have to answer can't be reached.
    public static Refusal unreachable(String message) {
        return new Refusal(500, "", message);
    }

    /// Who would have to answer is there, in principle.
    public static Refusal unavailable(String message) {
        return new Refusal(503, "ServiceUnavailable", message);
    }

    /// For what the HTTP library itself refuses.
    public static Refusal http(int code, String message) {
        return switch (code) {
            case 404 -> noSuchPath();
            case 405 -> methodNotAllowed();
            default -> new Refusal(code, code < 500 ? "BadRequest" : "InternalError", message);
        };
    }

    public int code() {
        return code;
    }

    public ObjectNode status() {
        var status = JsonMapper.shared().createObjectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Failure").put("message", getMessage());
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        if (!details.isEmpty() || reason.equals("NotFound")) {
            status.set("details", details);
        }
        return status.put("code", code);
    }
}
