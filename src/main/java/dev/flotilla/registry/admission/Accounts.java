package dev.flotilla.registry.admission;

import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;

import tools.jackson.databind.node.ObjectNode;

/// Every pod runs as some account of its namespace, pulls images with what that one has, and can
/// show who it is unless it says that it needn't.
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
        account.filter(a -> isMounted(spec, a))
                .ifPresent(_ -> AccountVolume.mount(spec, attempt.namespace() + attempt.name()));
    }

    /// What the pod says counts, then what its account says.
    private static boolean isMounted(ObjectNode spec, ObjectNode account) {
        var field = "automountServiceAccountToken";
        var said = spec.path(field).isBoolean() ? spec.path(field) : account.path(field);
        return said.asBoolean(true);
    }
}
