package dev.flotilla.registry.admission;

import dev.flotilla.registry.tree.Amount;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

import tools.jackson.databind.node.ObjectNode;

/// A claim may ask for more only where more can be made: it is bound, and its class allows it.
final class ClaimGrowth implements Step {
    @Override
    public void check(Attempt attempt, Surroundings around) {
        var before = attempt.before();
        if (before == null
                || !attempt.of(PersistentVolumeClaim.class)
                || asked(attempt.object()).compareTo(asked(before)) <= 0) {
            return;
        }
        if (!Tree.text(before, "status", "phase").equals("Bound")) {
            throw attempt.forbidden("Only bound persistent volume claims can be expanded");
        }
        var name = Tree.text(attempt.object(), "spec", "storageClassName");
        boolean grows =
                around.get(StorageClass.class, "", name)
                        .filter(c -> Tree.isTrue(c, "allowVolumeExpansion"))
                        .isPresent();
        if (!grows) {
            throw attempt.forbidden(
                    "only dynamically provisioned pvc can be resized and the storageclass that"
                            + " provisions the pvc must support resize");
        }
    }

    private static Amount asked(ObjectNode claim) {
        return Amount.parse(Tree.text(claim, "spec", "resources", "requests", "storage"))
                .orElse(Amount.NONE);
    }
}
