package dev.flotilla.server.audit;

import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// One request as the audit log tells of it: an `audit.k8s.io/v1` Event of level Metadata, which
/// holds neither what was sent nor what was answered.
///
/// @param query as sent, null if there was none
/// @param code of the answer
public record AuditEvent(
        String id,
        Instant received,
        Instant ended,
        Asked asked,
        Identity who,
        @org.jspecify.annotations.Nullable String query,
        String source,
        String userAgent,
        int code) {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /// What of a query is no secret; a client may put anything else there.
    private static final Set<String> PLAIN =
            Set.of(
                    "allowWatchBookmarks",
                    "container",
                    "continue",
                    "dryRun",
                    "fieldManager",
                    "fieldSelector",
                    "fieldValidation",
                    "follow",
                    "force",
                    "gracePeriodSeconds",
                    "includeObject",
                    "labelSelector",
                    "limit",
                    "limitBytes",
                    "orphanDependents",
                    "pretty",
                    "previous",
                    "propagationPolicy",
                    "resourceVersion",
                    "resourceVersionMatch",
                    "sendInitialEvents",
                    "sinceSeconds",
                    "sinceTime",
                    "tailLines",
                    "timeout",
                    "timeoutSeconds",
                    "timestamps",
                    "watch");

    ObjectNode json() {
        var event = JsonMapper.shared().createObjectNode();
        event.put("kind", "Event").put("apiVersion", "audit.k8s.io/v1").put("level", "Metadata");
        event.put("auditID", id).put("stage", "ResponseComplete");
        event.put("requestURI", uri()).put("verb", asked.verb());
        var user = event.putObject("user").put("username", who.user());
        who.groups().forEach(user.putArray("groups")::add);
        event.putArray("sourceIPs").add(source);
        if (!userAgent.isEmpty()) {
            event.put("userAgent", userAgent);
        }
        if (asked.ofObjects()) {
            object(event.putObject("objectRef"));
        }
        var status = event.putObject("responseStatus");
        status.putObject("metadata");
        if (code >= 400) {
            status.put("status", "Failure");
        }
        status.put("code", code);
        event.put("requestReceivedTimestamp", MICROS.format(received));
        event.put("stageTimestamp", MICROS.format(ended));
        event.putObject("annotations")
                .put(
                        "authorization.k8s.io/decision",
                        code == 401 || code == 403 ? "forbid" : "allow");
        return event;
    }

    private void object(ObjectNode ref) {
        put(ref, "resource", asked.resource());
        put(ref, "namespace", asked.namespace());
        put(ref, "name", asked.name());
        put(ref, "apiGroup", asked.group());
        put(ref, "apiVersion", asked.version());
        put(ref, "subresource", asked.subresource());
    }

    private static void put(ObjectNode node, String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
    }

    private String uri() {
        if (query == null) {
            return asked.path();
        }
        var plain =
                List.of(query.split("&")).stream()
                        .filter(p -> PLAIN.contains(p.replaceFirst("=.*", "")))
                        .collect(Collectors.joining("&"));
        return plain.isEmpty() ? asked.path() : asked.path() + "?" + plain;
    }
}
