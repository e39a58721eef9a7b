package dev.flotilla.registry.admission;

import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;

/// Only one class can be for all pods that name none.
final class OneDefaultPriority implements Step {
    @Override
    public void check(Attempt attempt, Surroundings around) {
        if (!attempt.of(PriorityClass.class) || !Tree.isTrue(attempt.object(), "globalDefault")) {
            return;
        }
        around.list(PriorityClass.class, "").stream()
                .filter(c -> Tree.isTrue(c, "globalDefault"))
                .map(c -> Tree.text(c, "metadata", "name"))
                .filter(name -> !name.equals(attempt.name()))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw attempt.forbidden(
                                    "PriorityClass %s is already marked as default. Only one"
                                                    .formatted(name)
                                            + " default can exist");
                        });
    }
}
