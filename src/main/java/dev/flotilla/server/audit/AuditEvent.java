package dev.flotilla.server.audit;

import dev.flotilla.server.call.Asked;
import dev.flotilla.server.call.Identity;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// One request as the audit log tells of it: an `audit.k8s.io/v1` Event of level Metadata, which
/// holds neither what was sent nor what was answered.
///
/// @param acting as whom, null for nobody else
/// @param query as sent, null if there was none
/// @param code of the answer
public record AuditEvent(
        String id,
        Instant received,
        Instant ended,
        Asked asked,
        Identity who,
        @Nullable Identity acting,
        @Nullable String query,
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
                    "stream",
                    "tailLines",
                    "timeout",
                    "timeoutSeconds",
                    "timestamps",
                    "watch");

    /// Writes it where it is wanted, with no tree in between: there is one for each request.
    void to(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("kind", "Event");
        out.writeStringProperty("apiVersion", "audit.k8s.io/v1");
        out.writeStringProperty("level", "Metadata");
        out.writeStringProperty("auditID", id);
        out.writeStringProperty("stage", "ResponseComplete");
        out.writeStringProperty("requestURI", uri());
        out.writeStringProperty("verb", asked.verb());
        person(out, "user", who);
        if (acting != null) {
            person(out, "impersonatedUser", acting);
        }
        strings(out, "sourceIPs", List.of(source));
        put(out, "userAgent", userAgent);
        if (asked.ofObjects()) {
            object(out);
        }
        out.writeObjectPropertyStart("responseStatus");
        out.writeObjectPropertyStart("metadata");
        out.writeEndObject();
        if (code >= 400) {
            out.writeStringProperty("status", "Failure");
        }
        out.writeNumberProperty("code", code);
        out.writeEndObject();
        out.writeStringProperty("requestReceivedTimestamp", MICROS.format(received));
        out.writeStringProperty("stageTimestamp", MICROS.format(ended));
        out.writeObjectPropertyStart("annotations");
        out.writeStringProperty(
                "authorization.k8s.io/decision", code == 401 || code == 403 ? "forbid" : "allow");
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void person(JsonGenerator out, String field, Identity who) {
        out.writeObjectPropertyStart(field);
        out.writeStringProperty("username", who.user());
        strings(out, "groups", who.groups());
        out.writeEndObject();
    }

    private void object(JsonGenerator out) {
        out.writeObjectPropertyStart("objectRef");
        put(out, "resource", asked.resource());
        put(out, "namespace", asked.namespace());
        put(out, "name", asked.name());
        put(out, "apiGroup", asked.group());
        put(out, "apiVersion", asked.version());
        put(out, "subresource", asked.subresource());
        out.writeEndObject();
    }

    private static void put(JsonGenerator out, String field, String value) {
        if (!value.isEmpty()) {
            out.writeStringProperty(field, value);
        }
    }

    private static void strings(JsonGenerator out, String field, Collection<String> all) {
        out.writeArrayPropertyStart(field);
        all.forEach(out::writeString);
        out.writeEndArray();
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
