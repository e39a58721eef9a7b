package dev.flotilla.registry.admission;

import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;

/// Every pod runs as some account of its namespace, and pulls images with what that one has.
final class Accounts implements Step {
    private static final String DEFAULT = "default";

    @Override
    public void fill(Attempt attempt, Surroundings around) {
        if (!attempt.isNew() || !attempt.of(Pod.class)) {
            return;
        }
        var spec = attempt.spec();
        if (Tree.text(spec, "serviceAccountName").isEmpty()) {
            spec.put("serviceAccountName", DEFAULT).put("serviceAccount", DEFAULT);
        }
        var name = Tree.text(spec, "serviceAccountName");
        var account = around.get(ServiceAccount.class, attempt.namespace(), name);
        if (account.isEmpty() && !name.equals(DEFAULT)) {
            throw attempt.forbidden(
                    "error looking up service account %s/%s: serviceaccount \"%s\" not found"
                            .formatted(attempt.namespace(), name, name));
        }
        if (Tree.at(spec, "imagePullSecrets").isEmpty()) {
            account.map(a -> Tree.at(a, "imagePullSecrets"))
                    .filter(secrets -> !secrets.isEmpty())
                    .ifPresent(secrets -> spec.set("imagePullSecrets", secrets.deepCopy()));
        }
    }
}
