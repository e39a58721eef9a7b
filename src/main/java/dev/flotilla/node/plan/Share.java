package dev.flotilla.node.plan;

import dev.flotilla.model.Resources;
import dev.flotilla.node.ContainerSpec.Limits;
import dev.flotilla.node.plan.ContainerSpecs.Host;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;

import java.util.HashMap;
import java.util.Map;

/// What a container may take of its node, from its requests and limits, as Kubernetes counts it.
final class Share {
    private static final int LEAST_SHARES = 2;
    private static final int MOST_SHARES = 262_144;
    private static final int FIRST_TO_GO = 1000;
    private static final int SECOND_TO_LAST = 3;

    private Share() {}

    static Limits of(Pod pod, Container c, Host host) {
        var limits = limits(c);
        return new Limits(
                limits.cpuMillis(),
                shares(c),
                limits.memoryBytes(),
                score(pod, c, host.memoryBytes()),
                host.pids());
    }

    static Resources limits(Container c) {
        return c.getResources() == null
                ? Resources.NONE
                : Resources.of(c.getResources().getLimits());
    }

    static Resources requests(Container c) {
        if (c.getResources() == null) {
            return Resources.NONE;
        }
        return Resources.of(merged(c));
    }

    /// A limit alone counts as the request.
    private static Map<String, Quantity> merged(Container c) {
        var all = new HashMap<String, Quantity>();
        if (c.getResources().getLimits() != null) {
            all.putAll(c.getResources().getLimits());
        }
        if (c.getResources().getRequests() != null) {
            all.putAll(c.getResources().getRequests());
        }
        return all;
    }

    /// 1024 for each core asked for.
    private static int shares(Container c) {
        long millis = requests(c).cpuMillis();
        return millis == 0 ? 0 : Math.clamp(millis * 1024 / 1000, LEAST_SHARES, MOST_SHARES);
    }

    /// Who asked for nothing goes first, who asked for much of the memory late, who is guaranteed
    /// it last: with 0, because lowering the score takes a right that not every engine has.
    ///
    /// @param nodeMemory of the whole node in bytes, 0 if unknown
    private static int score(Pod pod, Container c, long nodeMemory) {
        var status = pod.getStatus();
        var qos = status == null || status.getQosClass() == null ? "" : status.getQosClass();
        return switch (qos) {
            case "BestEffort" -> FIRST_TO_GO;
            case "Burstable" -> {
                long asked = requests(c).memoryBytes();
                yield nodeMemory <= 0
                        ? FIRST_TO_GO - 1
                        : Math.clamp(
                                FIRST_TO_GO - 1000 * asked / nodeMemory,
                                SECOND_TO_LAST,
                                FIRST_TO_GO - 1);
            }
            default -> 0;
        };
    }
}
