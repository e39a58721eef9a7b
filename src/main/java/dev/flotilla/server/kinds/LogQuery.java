package dev.flotilla.server.kinds;

import dev.flotilla.cluster.PodStreams.LogOptions;
import dev.flotilla.cluster.PodStreams.Output;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.Problem;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.server.call.Query;
import dev.flotilla.server.call.Refusal;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/// The options of a pod's log, checked as Kubernetes checks them.
final class LogQuery {
    private LogQuery() {}

    /// @throws Refusal 400 for what is no number or time
    /// @throws ApiFailure 422 for what makes no sense
    static LogOptions of(Query q, ResourceType options, String pod, InstantSource time) {
        var problems = new ArrayList<Problem>();
        var tail = number(q, "tailLines");
        if (tail != null && tail < 0) {
            problems.add(Problem.invalid("tailLines", tail, "must be greater than or equal to 0"));
        }
        var limit = number(q, "limitBytes");
        if (limit != null && limit < 1) {
            problems.add(Problem.invalid("limitBytes", limit, "must be greater than 0"));
        }
        var seconds = number(q, "sinceSeconds");
        var since = time(q.text("sinceTime"));
        if (seconds != null && since != null) {
            problems.add(
                    Problem.forbidden(
                            "", "at most one of `sinceTime` or `sinceSeconds` may be specified"));
        } else if (seconds != null && seconds < 1) {
            problems.add(Problem.invalid("sinceSeconds", seconds, "must be greater than 0"));
        }
        var output = output(q, problems);
        if (output != Output.ALL && tail != null) {
            problems.add(
                    Problem.forbidden(
                            "",
                            "`tailLines` and specific `stream` are mutually exclusive for now"));
        }
        if (!problems.isEmpty()) {
            throw ApiFailure.invalid(options, pod, problems);
        }
        return new LogOptions(
                q.flag("follow"),
                q.flag("previous"),
                seconds == null ? since : before(time.instant(), seconds),
                q.flag("timestamps"),
                tail,
                limit,
                output);
    }

    private static Output output(Query q, List<Problem> problems) {
        return switch (q.text("stream")) {
            case "", "All" -> Output.ALL;
            case "Stdout" -> Output.STDOUT;
            case "Stderr" -> Output.STDERR;
            case String other -> {
                problems.add(
                        Problem.unsupported(
                                "stream",
                                JsonMapper.shared().writeValueAsString(other),
                                List.of("\"All\"", "\"Stderr\"", "\"Stdout\"")));
                yield Output.ALL;
            }
        };
    }

    private static Instant before(Instant now, long seconds) {
        return seconds > now.getEpochSecond() ? Instant.EPOCH : now.minusSeconds(seconds);
    }

    private static @Nullable Long number(Query q, String name) {
        return q.text(name).isEmpty() ? null : Long.valueOf(q.number(name, 0));
    }

    private static @Nullable Instant time(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.badRequest(
                    "parsing time \"%s\" as \"2006-01-02T15:04:05Z07:00\": cannot parse"
                            .formatted(text));
        }
    }
}
