package dev.flotilla.controllers.deployment;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// Between which counts a Deployment keeps its pods while it rolls.
///
/// @param desired how many it wants in the end
/// @param maxSurge how many more there may be
/// @param maxUnavailable how many fewer may be available
public record Bounds(int desired, int maxSurge, int maxUnavailable) {
    private static final IntOrString QUARTER = new IntOrString("25%");

    /// Percents of surge are rounded up, those of unavailable down; when both come to nothing, one
    /// pod may be unavailable, or nothing could ever change. All as Kubernetes has it.
    public static Bounds of(Deployment deployment) {
        var spec = deployment.getSpec();
        int desired = Objects.requireNonNullElse(spec.getReplicas(), 1);
        if (!rolls(deployment) || desired == 0) {
            return new Bounds(desired, rolls(deployment) ? surge(deployment, desired) : 0, 0);
        }
        int surge = surge(deployment, desired);
        var rolling = spec.getStrategy() == null ? null : spec.getStrategy().getRollingUpdate();
        int unavailable = share(rolling == null ? null : rolling.getMaxUnavailable(), desired, 0);
        if (surge == 0 && unavailable == 0) {
            unavailable = 1;
        }
        return new Bounds(desired, surge, Math.min(unavailable, desired));
    }

    static boolean rolls(Deployment deployment) {
        var strategy = deployment.getSpec().getStrategy();
        return strategy == null || !"Recreate".equals(strategy.getType());
    }

    /// No more pods than this at any time.
    public int most() {
        return desired + maxSurge;
    }

    /// No fewer available pods than this because of us.
    public int least() {
        return desired - maxUnavailable;
    }

    private static int surge(Deployment deployment, int desired) {
        var strategy = deployment.getSpec().getStrategy();
        var rolling = strategy == null ? null : strategy.getRollingUpdate();
        return share(rolling == null ? null : rolling.getMaxSurge(), desired, 99);
    }

    /// @param roundUp what is added to hundredths before they are cut off
    private static int share(@Nullable IntOrString said, int of, int roundUp) {
        var value = said == null ? QUARTER : said;
        if (value.getStrVal() == null) {
            return value.getIntVal();
        }
        var text = value.getStrVal();
        int percent = Integer.parseInt(text.substring(0, text.length() - 1));
        return (int) (((long) percent * of + roundUp) / 100);
    }
}
