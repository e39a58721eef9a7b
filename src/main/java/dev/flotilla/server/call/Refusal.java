package dev.flotilla.server.call;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A request that is refused before the registry hears of it: a Status in Kubernetes' words.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;

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

    public static Refusal forbidden(String user, String verb, String path) {
        return new Refusal(
                403,
                "Forbidden",
                "forbidden: User \"%s\" cannot %s path \"%s\"".formatted(user, verb, path));
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

    static Refusal notAcceptable() {
        return new Refusal(
                406,
                "NotAcceptable",
                "only the following media types are accepted: application/json, application/yaml,"
                        + " application/vnd.kubernetes.protobuf");
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
        return new Refusal(
                422,
                "Invalid",
                "%s.meta.k8s.io \"\" is invalid: %s: %s".formatted(options, field, why));
    }

    /// @param mark by which the cause is found in the log
    public static Refusal internal(String mark) {
        return new Refusal(
                500,
                "InternalError",
                "Internal error occurred: it is in the log of Flotilla as " + mark);
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
        status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
        if (reason.equals("NotFound")) {
            status.putObject("details");
        }
        return status.put("code", code);
    }
}
