package dev.flotilla.model;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.Map;

/// Room on a node or need of a pod. Either may be below 0 when a node is overcommitted.
///
/// @param cpuMillis thousandths of one core
/// @param memoryBytes bytes
public record Resources(long cpuMillis, long memoryBytes) {
    public static final Resources NONE = new Resources(0, 0);

    /// The sum of the requests of the pod's containers.
    public static Resources requests(Pod pod) {
        return requests(pod.getSpec());
    }

    public static Resources requests(PodSpec spec) {
        var sum = NONE;
        for (Container c : spec.getContainers()) {
            var r = c.getResources();
            if (r != null) {
                sum = sum.plus(of(r.getRequests()));
            }
        }
        return sum;
    }

    /// What the node offers to pods.
    public static Resources allocatable(Node node) {
        var status = node.getStatus();
        return status == null ? NONE : of(status.getAllocatable());
    }

    public static Resources of(@Nullable Map<String, Quantity> quantities) {
        if (quantities == null) {
            return NONE;
        }
        return new Resources(
                amount(quantities.get("cpu"), 1000), amount(quantities.get("memory"), 1));
    }

    public boolean covers(Resources need) {
        return need.cpuMillis <= cpuMillis && need.memoryBytes <= memoryBytes;
    }

    public Resources plus(Resources other) {
        return new Resources(cpuMillis + other.cpuMillis, memoryBytes + other.memoryBytes);
    }

    public Resources minus(Resources other) {
        return new Resources(cpuMillis - other.cpuMillis, memoryBytes - other.memoryBytes);
    }

    private static long amount(@Nullable Quantity q, long scale) {
        return q == null
                ? 0
                : q.getNumericalAmount().multiply(BigDecimal.valueOf(scale)).longValue();
    }
}
