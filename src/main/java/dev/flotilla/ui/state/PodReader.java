package dev.flotilla.ui.state;

import static java.util.Objects.requireNonNullElse;

import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.Resources;
import dev.flotilla.ui.state.PodState.Look;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Reads a Pod of the API into what the window shows.
final class PodReader {
    private PodReader() {}

    /// @param owners of each ReplicaSet, the Deployment that owns it
    static PodState read(Pod pod, Map<ObjectKey, ObjectKey> owners, @Nullable Use use) {
        var meta = pod.getMetadata();
        var key = ObjectKey.of(pod);
        var owner = owner(pod);
        var app = key;
        var kind = "Pod";
        if (owner != null) {
            var direct = new ObjectKey(key.namespace(), owner.getName());
            var deployment = owner.getKind().equals("ReplicaSet") ? owners.get(direct) : null;
            app = deployment == null ? direct : deployment;
            kind = deployment == null ? owner.getKind() : "Deployment";
        }
        var spec = pod.getSpec();
        var first = spec.getContainers().isEmpty() ? null : spec.getContainers().getFirst();
        var trouble = waiting(pod);
        var notes = requireNonNullElse(meta.getAnnotations(), Map.<String, String>of());
        var status = pod.getStatus();
        return new PodState(
                requireNonNullElse(meta.getUid(), key.toString()),
                key,
                app,
                kind,
                shortId(key.name(), app.name()),
                spec.getNodeName(),
                look(pod),
                word(pod, trouble),
                message(pod, trouble),
                statuses(pod).stream()
                        .mapToInt(s -> requireNonNullElse(s.getRestartCount(), 0))
                        .sum(),
                Resources.requests(spec),
                limits(pod),
                first == null ? "" : requireNonNullElse(first.getImage(), ""),
                status == null ? "" : requireNonNullElse(status.getPodIP(), ""),
                time(meta.getCreationTimestamp()),
                notes.get(Marks.MOVE_TO),
                notes.get(Marks.REPLACES),
                use);
    }

    /// `web-7c9f8d6b5-x2k4l` of `web` is `7c9-x2k4l`; `redis-0` stays.
    static String shortId(String name, String app) {
        var rest = name.startsWith(app + "-") ? name.substring(app.length() + 1) : name;
        int dash = rest.lastIndexOf('-');
        if (dash > 0) {
            var hash = rest.substring(0, Math.min(3, dash));
            rest = hash + rest.substring(dash);
        } else if (rest.length() <= 2) {
            rest = name;
        }
        return rest.length() <= 9 ? rest : rest.substring(rest.length() - 9);
    }

    static Instant time(@Nullable String stamp) {
        return stamp == null ? Instant.EPOCH : Instant.parse(stamp);
    }

    private static @Nullable OwnerReference owner(Pod pod) {
        var owners = pod.getMetadata().getOwnerReferences();
        return owners == null
                ? null
                : owners.stream()
                        .filter(o -> Boolean.TRUE.equals(o.getController()))
                        .findFirst()
                        .orElse(null);
    }

    private static Resources limits(Pod pod) {
        var sum = Resources.NONE;
        for (var container : pod.getSpec().getContainers()) {
            var needs = container.getResources();
            if (needs != null) {
                sum = sum.plus(Resources.of(needs.getLimits()));
            }
        }
        return sum;
    }

    private static Look look(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return Look.TERMINATING;
        }
        return switch (phase(pod)) {
            case "Succeeded" -> Look.SUCCEEDED;
            case "Failed" -> Look.FAILED;
            case "Unknown" -> Look.LOST;
            case "Running" -> {
                if (condition(pod, "Ready")) {
                    yield Look.READY;
                }
                yield failing(pod) ? Look.FAILED : Look.NOT_READY;
            }
            case String _ -> failing(pod) ? Look.FAILED : Look.STARTING;
        };
    }

    private static boolean failing(Pod pod) {
        var trouble = waiting(pod);
        return trouble != null
                && (trouble.reason().endsWith("BackOff")
                        || trouble.reason().startsWith("Err")
                        || trouble.reason().endsWith("Error"));
    }

    private static String word(Pod pod, @Nullable Trouble trouble) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return "Terminating";
        }
        if (trouble != null) {
            return trouble.reason();
        }
        var reason = pod.getStatus() == null ? null : pod.getStatus().getReason();
        if (reason != null && !reason.isEmpty()) {
            return reason;
        }
        var phase = phase(pod);
        return phase.equals("Succeeded") ? "Completed" : phase.equals("Failed") ? "Error" : phase;
    }

    private static String message(Pod pod, @Nullable Trouble trouble) {
        if (trouble != null && !trouble.message().isEmpty()) {
            return trouble.message();
        }
        var status = pod.getStatus();
        if (status == null) {
            return "";
        }
        if (status.getMessage() != null) {
            return status.getMessage();
        }
        var conditions = status.getConditions();
        return conditions == null
                ? ""
                : conditions.stream()
                        .filter(c -> "False".equals(c.getStatus()) && c.getMessage() != null)
                        .map(c -> c.getMessage())
                        .findFirst()
                        .orElse("");
    }

    private static @Nullable Trouble waiting(Pod pod) {
        for (var status : statuses(pod)) {
            var state = status.getState();
            if (state != null && state.getWaiting() != null) {
                var w = state.getWaiting();
                if (w.getReason() != null) {
                    return new Trouble(w.getReason(), requireNonNullElse(w.getMessage(), ""));
                }
            }
        }
        return null;
    }

    private static boolean condition(Pod pod, String type) {
        var status = pod.getStatus();
        return status != null
                && status.getConditions() != null
                && status.getConditions().stream()
                        .anyMatch(c -> type.equals(c.getType()) && "True".equals(c.getStatus()));
    }

    private static String phase(Pod pod) {
        return pod.getStatus() == null
                ? "Pending"
                : requireNonNullElse(pod.getStatus().getPhase(), "Pending");
    }

    private static List<ContainerStatus> statuses(Pod pod) {
        return pod.getStatus() == null
                ? List.of()
                : requireNonNullElse(
                        pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of());
    }

    private record Trouble(String reason, String message) {}
}
