package dev.flotilla.node.status;

import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Conditions of a pod keep the time at which they last turned.
final class Conditions {
    private Conditions() {}

    static PodCondition next(
            PodStatus before,
            String type,
            boolean holds,
            @Nullable String reason,
            @Nullable String message,
            Instant now) {
        var status = holds ? "True" : "False";
        var known =
                before.getConditions().stream().filter(c -> c.getType().equals(type)).findFirst();
        var turned =
                known.filter(c -> status.equals(c.getStatus()))
                        .map(PodCondition::getLastTransitionTime)
                        .orElse(Stamps.of(now));
        return new PodConditionBuilder(known.orElseGet(PodCondition::new))
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(turned)
                .build();
    }
}
