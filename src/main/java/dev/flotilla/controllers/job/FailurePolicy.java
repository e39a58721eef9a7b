package dev.flotilla.controllers.job;

import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a failed pod means for its Job, by the first rule that fits it.
///
/// @param action `FailJob`, `FailIndex`, `Ignore` or `Count`
/// @param message for a person, when the Job fails
record FailurePolicy(String action, String message) {
    private static final FailurePolicy COUNT = new FailurePolicy("Count", "");

    static FailurePolicy of(Job job, Pod pod) {
        var policy = job.getSpec().getPodFailurePolicy();
        var rules = policy == null ? List.<PodFailurePolicyRule>of() : policy.getRules();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            int number = i;
            var fitting =
                    exited(rule, pod)
                            .map(
                                    c ->
                                            ("Container %s for pod %s failed with exit code %d"
                                                            + " matching %s rule at index %d")
                                                    .formatted(
                                                            c.getName(),
                                                            name(pod),
                                                            exitCode(c),
                                                            rule.getAction(),
                                                            number))
                            .or(
                                    () ->
                                            condition(rule, pod)
                                                    .map(
                                                            type ->
                                                                    ("Pod %s has condition %s"
                                                                         + " matching %s rule at"
                                                                         + " index %d")
                                                                            .formatted(
                                                                                    name(pod),
                                                                                    type,
                                                                                    rule
                                                                                            .getAction(),
                                                                                    number)));
            if (fitting.isPresent()) {
                return new FailurePolicy(rule.getAction(), fitting.get());
            }
        }
        return COUNT;
    }

    private static Optional<ContainerStatus> exited(PodFailurePolicyRule rule, Pod pod) {
        var wanted = rule.getOnExitCodes();
        if (wanted == null || pod.getStatus() == null) {
            return Optional.empty();
        }
        boolean in = "In".equals(wanted.getOperator());
        return Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream())
                .filter(c -> c.getState() != null && c.getState().getTerminated() != null)
                .filter(
                        c ->
                                wanted.getContainerName() == null
                                        || wanted.getContainerName().equals(c.getName()))
                .filter(c -> exitCode(c) != 0)
                .filter(c -> wanted.getValues().contains(exitCode(c)) == in)
                .findFirst();
    }

    private static Optional<String> condition(PodFailurePolicyRule rule, Pod pod) {
        return rule.getOnPodConditions().stream()
                .filter(
                        wanted ->
                                PodState.condition(pod, wanted.getType())
                                        .filter(c -> c.getStatus().equals(wanted.getStatus()))
                                        .isPresent())
                .map(w -> w.getType())
                .findFirst();
    }

    private static int exitCode(ContainerStatus status) {
        return status.getState().getTerminated().getExitCode();
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }
}
