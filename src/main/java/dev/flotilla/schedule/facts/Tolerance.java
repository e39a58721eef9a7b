package dev.flotilla.schedule.facts;

import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/// Which taints a pod puts up with, by Kubernetes' rules.
public final class Tolerance {
    private Tolerance() {}

    /// @return the first taint that no toleration covers, or null
    public static @Nullable Taint untolerated(List<Toleration> tolerations, List<Taint> taints) {
        for (var taint : taints) {
            if (!covered(tolerations, taint)) {
                return taint;
            }
        }
        return null;
    }

    public static boolean covered(List<Toleration> tolerations, Taint taint) {
        for (var toleration : tolerations) {
            if (covers(toleration, taint)) {
                return true;
            }
        }
        return false;
    }

    /// No effect means every effect; `Exists` without a key means every taint.
    private static boolean covers(Toleration toleration, Taint taint) {
        if (said(toleration.getEffect()) && !toleration.getEffect().equals(taint.getEffect())) {
            return false;
        }
        boolean exists = "Exists".equals(toleration.getOperator());
        if (!said(toleration.getKey())) {
            return exists;
        }
        return toleration.getKey().equals(taint.getKey())
                && (exists || value(toleration.getValue()).equals(value(taint.getValue())));
    }

    public static String value(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }

    private static boolean said(@Nullable String word) {
        return word != null && !word.isEmpty();
    }
}
