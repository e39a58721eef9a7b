package dev.flotilla.node.sync;

import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.Will;
import dev.flotilla.node.PodFolder;
import dev.flotilla.node.Shape;
import dev.flotilla.node.memory.Ending;
import dev.flotilla.node.memory.Facts;
import dev.flotilla.node.memory.PodMemory;
import dev.flotilla.node.plan.Volumes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;

/// What containers that ended left to be told: looked for before their end is told, so that nobody
/// sees the one without the other.
///
/// @param cluster see [dev.flotilla.node.PodLabels#CLUSTER]
public record Wills(ContainerRuntime runtime, String cluster) {
    /// Kubernetes' bounds, in bytes and lines.
    private static final int FILE = 4096;

    private static final int LOG = 2048;
    private static final int LINES = 80;

    /// @param seen what is remembered now
    void read(Pod pod, Facts seen, PodMemory memory) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        for (var container : Shape.containers(pod)) {
            var last = seen.track(container.getName()).lastEnding();
            if (last != null && last.words() == null) {
                memory.told(container.getName(), last, words(pod, container, last));
            }
        }
    }

    private String words(Pod pod, Container container, Ending ending) {
        boolean log =
                "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy())
                        && ending.exitCode() != 0;
        boolean file = Volumes.isNoted(container);
        if (!file && !log) {
            return "";
        }
        var folder = new PodFolder(cluster, pod.getMetadata().getUid());
        try {
            return runtime.lastWords(
                    new Will(
                            ending.containerId(),
                            file ? folder.note(container.getName()) : "",
                            FILE,
                            log ? LOG : 0,
                            LINES));
        } catch (RefusedByEngine e) {
            return "";
        }
    }
}
