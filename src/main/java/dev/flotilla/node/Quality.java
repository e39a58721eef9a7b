package dev.flotilla.node;

import dev.flotilla.model.Resources;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;

/// Kubernetes' quality-of-service class of a pod.
final class Quality {
    private Quality() {}

    static String of(Pod pod) {
        var all = pod.getSpec().getContainers();
        if (all.stream().allMatch(Quality::guaranteed)) {
            return "Guaranteed";
        }
        return all.stream().allMatch(Quality::asksNothing) ? "BestEffort" : "Burstable";
    }

    private static boolean guaranteed(Container c) {
        var limits = limits(c);
        var requests = requests(c);
        return limits.cpuMillis() > 0
                && limits.memoryBytes() > 0
                && (requests.equals(limits) || requests.equals(Resources.NONE));
    }

    private static boolean asksNothing(Container c) {
        return limits(c).equals(Resources.NONE) && requests(c).equals(Resources.NONE);
    }

    private static Resources limits(Container c) {
        return c.getResources() == null
                ? Resources.NONE
                : Resources.of(c.getResources().getLimits());
    }

    private static Resources requests(Container c) {
        return c.getResources() == null
                ? Resources.NONE
                : Resources.of(c.getResources().getRequests());
    }
}
