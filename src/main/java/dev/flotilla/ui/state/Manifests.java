package dev.flotilla.ui.state;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

import java.io.ByteArrayInputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Brings the cluster what a YAML text holds, object by object, in order. A misspelled field is
/// refused by the API.
final class Manifests {
    private final KubernetesClient client;

    Manifests(KubernetesClient client) {
        this.client = client;
    }

    /// @throws ActionFailure naming the object that failed; those before it are applied
    Optional<Intent> apply(String yaml) {
        var items =
                client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                        .items();
        for (var item : items) {
            if (item.getMetadata().getNamespace() == null && namespaced(item)) {
                item.getMetadata().setNamespace("default");
            }
            try {
                apply(item);
            } catch (KubernetesClientException e) {
                var status = e.getStatus();
                throw new ActionFailure(
                        item.getKind()
                                + " "
                                + item.getMetadata().getName()
                                + ": "
                                + (status == null ? e.getMessage() : status.getMessage()),
                        e);
            }
        }
        return Optional.empty();
    }

    private void apply(HasMetadata item) {
        var resource = client.resource(item);
        try {
            resource.fieldValidation(FieldValidateable.Validation.STRICT).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            resource.fieldValidation(FieldValidateable.Validation.STRICT)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), item);
        }
    }

    private static boolean namespaced(HasMetadata item) {
        return item instanceof io.fabric8.kubernetes.api.model.Namespaced;
    }
}
