package dev.flotilla.controllers.job;

import dev.flotilla.controllers.owner.PodDraft;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

import java.util.List;

/// The pods that a Job makes.
final class JobDraft {
    private static final String VARIABLE = "JOB_COMPLETION_INDEX";

    private JobDraft() {}

    static Pod plain(Job job) {
        return new PodBuilder(PodDraft.of(job, job.getSpec().getTemplate()))
                .editMetadata()
                .addToFinalizers(JobPods.FINALIZER)
                .endMetadata()
                .build();
    }

    /// @param failures how often the index failed; told where the Job limits that
    static Pod indexed(Job job, int index, int failures) {
        var name = job.getMetadata().getName() + "-" + index;
        var text = Integer.toString(index);
        var plain = plain(job);
        var draft =
                new PodBuilder(plain)
                        .editMetadata()
                        .withGenerateName(name + "-")
                        .addToLabels(JobPods.INDEX, text)
                        .addToAnnotations(JobPods.INDEX, text)
                        .endMetadata()
                        .editSpec()
                        .withHostname(name)
                        .withContainers(told(plain.getSpec().getContainers()))
                        .withInitContainers(told(plain.getSpec().getInitContainers()))
                        .endSpec();
        if (job.getSpec().getBackoffLimitPerIndex() != null) {
            draft.editMetadata()
                    .addToAnnotations(JobPods.INDEX_FAILURES, Integer.toString(failures))
                    .endMetadata();
        }
        return draft.build();
    }

    private static List<Container> told(List<Container> containers) {
        return containers.stream()
                .map(
                        c ->
                                c.getEnv().stream().anyMatch(e -> e.getName().equals(VARIABLE))
                                        ? c
                                        : new ContainerBuilder(c)
                                                .addNewEnv()
                                                .withName(VARIABLE)
                                                .withNewValueFrom()
                                                .withNewFieldRef()
                                                .withFieldPath(
                                                        "metadata.labels['" + JobPods.INDEX + "']")
                                                .endFieldRef()
                                                .endValueFrom()
                                                .endEnv()
                                                .build())
                .toList();
    }
}
