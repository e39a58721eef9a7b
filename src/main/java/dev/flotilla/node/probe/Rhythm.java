package dev.flotilla.node.probe;

import io.fabric8.kubernetes.api.model.Probe;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// When a probe asks, and how many answers change a mind; Kubernetes' defaults where nothing is
/// said.
///
/// @param delay after the container's start before the first
/// @param successes in a row until it counts as well
/// @param failures in a row until it counts as unwell
record Rhythm(Duration delay, Duration period, Duration timeout, int successes, int failures) {

    static Rhythm of(Probe probe) {
        return new Rhythm(
                Duration.ofSeconds(or(probe.getInitialDelaySeconds(), 0)),
                Duration.ofSeconds(or(probe.getPeriodSeconds(), 10)),
                Duration.ofSeconds(or(probe.getTimeoutSeconds(), 1)),
                or(probe.getSuccessThreshold(), 1),
                or(probe.getFailureThreshold(), 3));
    }

    private static int or(@Nullable Integer asked, int usual) {
        return asked == null || (asked == 0 && usual > 0) ? usual : asked;
    }
}
