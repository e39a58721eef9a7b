package dev.flotilla.controllers.job;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import java.util.Objects;

/// What a Job reads from one of its pods.
final class JobPods {
    static final String FINALIZER = "batch.kubernetes.io/job-tracking";
    static final String INDEX = "batch.kubernetes.io/job-completion-index";
    static final String INDEX_FAILURES = "batch.kubernetes.io/job-index-failure-count";
    static final String JOB_NAME = "batch.kubernetes.io/job-name";

    private JobPods() {}

    /// Its end does not stand in the Job's status yet.
    static boolean held(Pod pod) {
        return pod.getMetadata().getFinalizers().contains(FINALIZER);
    }

    static Pod holding(Pod pod) {
        return new PodBuilder(pod).editMetadata().addToFinalizers(FINALIZER).endMetadata().build();
    }

    static Pod released(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .removeFromFinalizers(FINALIZER)
                .endMetadata()
                .build();
    }

    static boolean succeeded(Pod pod) {
        return PodState.phase(pod).equals("Succeeded");
    }

    /// A pod that is to go has failed, as its end may never be seen; a Job that replaces only what
    /// has failed waits until its node has stopped it.
    static boolean failed(Pod pod, boolean onlyReplaceFailed) {
        if (PodState.phase(pod).equals("Failed")) {
            return true;
        }
        return Owners.leaving(pod) && !succeeded(pod) && (!onlyReplaceFailed || stopped(pod));
    }

    /// To go, and still on its node.
    static boolean terminating(Pod pod) {
        return Owners.leaving(pod) && !PodState.over(pod) && !stopped(pod);
    }

    /// Only finalizers keep it.
    private static boolean stopped(Pod pod) {
        return Owners.leaving(pod)
                && Objects.requireNonNullElse(pod.getMetadata().getDeletionGracePeriodSeconds(), 0L)
                        == 0;
    }

    /// Its index, or -1.
    static int index(Pod pod) {
        return number(pod, INDEX, -1);
    }

    /// How often its index had failed when it was made.
    static int indexFailures(Pod pod) {
        return number(pod, INDEX_FAILURES, 0);
    }

    private static int number(Pod pod, String note, int otherwise) {
        var text = Owners.notes(pod).get(note);
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
