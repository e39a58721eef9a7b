package dev.flotilla.node.memory;

import java.time.Duration;
import java.time.Instant;

/// Why a container could not be made or started, and when that is tried again.
///
/// @param reason Kubernetes' word, such as `ErrImagePull`
/// @param message in the engine's own words where there are any
/// @param times how often in a row
public record Trouble(String reason, String message, int times, Instant at) {
    /// Kubernetes' words: the image can't be had, or must not be looked for; what the container
    /// needs is missing in the cluster; the engine won't make it; it was made and won't start.
    public static final String PULL = "ErrImagePull";

    public static final String NEVER_PULL = "ErrImageNeverPull";

    /// Its name is none, or the engine doesn't say whether it is there.
    public static final String INVALID_NAME = "InvalidImageName";

    public static final String INSPECT = "ImageInspectError";

    public static final String CONFIG = "CreateContainerConfigError";
    public static final String CREATE = "CreateContainerError";
    public static final String RUN = "RunContainerError";

    /// It was started and could not do what it wants done then.
    public static final String POST_START = "PostStartHookError";

    /// The pod's volumes can't be made ready.
    public static final String MOUNT = "FailedMount";

    /// How long `ErrImagePull` stands before it is called a back-off.
    private static final Duration FRESH = Duration.ofSeconds(2);

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /// Kubernetes' back-off: 10 s, twice that, up to 5 min. What is missing in the cluster is
    /// looked for every 10 s, besides at once when it appears. How long a container waits that ran
    /// is its [Pause]'s matter.
    public Instant retryAt() {
        if (reason.equals(POST_START)) {
            return at;
        }
        if (waitsForConfig()) {
            return at.plus(FIRST);
        }
        var wait = FIRST.multipliedBy(1L << Math.min(times - 1, 10));
        return at.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    }

    boolean waitsForConfig() {
        return reason.equals(CONFIG) || reason.equals(MOUNT);
    }

    /// When it looks different next, or is tried again.
    public Instant nextChange(Instant now) {
        boolean fresh = reason.equals(PULL) && !backedOff(now);
        return fresh ? at.plus(FRESH) : retryAt();
    }

    /// What a person reads as the waiting reason.
    public String shownReason(Instant now) {
        return backedOff(now) ? "ImagePullBackOff" : reason;
    }

    /// What a person reads beside it.
    public String shownMessage(Instant now, String image) {
        return backedOff(now)
                ? "Back-off pulling image \"%s\": ErrImagePull: %s".formatted(image, message)
                : message;
    }

    private boolean backedOff(Instant now) {
        return reason.equals(PULL) && (times > 1 || !now.isBefore(at.plus(FRESH)));
    }
}
