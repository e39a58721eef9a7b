package dev.flotilla.ui.state;

import dev.flotilla.ui.state.ManifestLine.Verdict;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

import java.io.ByteArrayInputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Brings the cluster what a YAML text holds, object by object: namespaces first, the others in
/// order. A misspelled field is refused by the API.
final class Manifests {
    private static final String DRY = "All";

    /// A namespace that every cluster has.
    private static final String ELSEWHERE = "default";

    private final KubernetesClient client;

    Manifests(KubernetesClient client) {
        this.client = client;
    }

    /// What [#apply] would do; asks the API to judge each object and to keep nothing.
    List<ManifestLine> preview(String yaml) {
        var items = load(yaml);
        var promised =
                items.stream()
                        .filter(Namespace.class::isInstance)
                        .map(n -> n.getMetadata().getName())
                        .collect(Collectors.toSet());
        return items.stream().map(item -> line(item, promised)).toList();
    }

    /// @throws ActionFailure naming the object that failed; those before it are applied
    Optional<Intent> apply(String yaml) {
        for (var item : load(yaml)) {
            try {
                apply(item);
            } catch (KubernetesClientException e) {
                throw new ActionFailure(name(item) + ": " + message(e), e);
            }
        }
        return Optional.empty();
    }

    private List<HasMetadata> load(String yaml) {
        List<HasMetadata> items;
        try {
            items =
                    client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                            .items();
        } catch (RuntimeException e) {
            throw new ActionFailure("This is not a Kubernetes manifest: " + first(e), e);
        }
        for (var item : items) {
            if (item.getMetadata() == null || item.getMetadata().getName() == null) {
                throw new ActionFailure(
                        item.getKind() + ": metadata.name is missing; each object needs one", null);
            }
            if (item.getMetadata().getNamespace() == null && namespaced(item)) {
                item.getMetadata().setNamespace("default");
            }
        }
        return items.stream()
                .sorted(Comparator.comparing(item -> !(item instanceof Namespace)))
                .toList();
    }

    /// @param promised namespaces that the same text brings along
    private ManifestLine line(HasMetadata item, Set<String> promised) {
        try {
            var existing = client.resource(item).get();
            if (existing == null) {
                tryCreate(item, promised);
                return new ManifestLine(name(item), Verdict.CREATE, "");
            }
            var after = client.resource(item).patch(context(DRY), item);
            boolean same =
                    Objects.equals(
                            existing.getMetadata().getGeneration(),
                            after.getMetadata().getGeneration());
            return new ManifestLine(
                    name(item),
                    same && equal(existing, after) ? Verdict.UNCHANGED : Verdict.CHANGE,
                    "");
        } catch (KubernetesClientException e) {
            return new ManifestLine(name(item), Verdict.REFUSED, message(e));
        }
    }

    /// What is meant for a namespace that is not there yet is judged in another one.
    private void tryCreate(HasMetadata item, Set<String> promised) {
        var namespace = item.getMetadata().getNamespace();
        boolean early =
                namespace != null
                        && promised.contains(namespace)
                        && client.namespaces().withName(namespace).get() == null;
        var judged = early ? client.getKubernetesSerialization().clone(item) : item;
        if (early) {
            judged.getMetadata().setNamespace(ELSEWHERE);
        }
        try {
            client.resource(judged)
                    .dryRun()
                    .fieldValidation(FieldValidateable.Validation.STRICT)
                    .create();
        } catch (KubernetesClientException e) {
            if (!early || e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private boolean equal(HasMetadata before, HasMetadata after) {
        return plain(before).equals(plain(after));
    }

    private String plain(HasMetadata item) {
        var copy = client.getKubernetesSerialization().clone(item);
        copy.getMetadata().setResourceVersion(null);
        copy.getMetadata().setManagedFields(List.of());
        return client.getKubernetesSerialization().asJson(copy);
    }

    private void apply(HasMetadata item) {
        try {
            client.resource(item).fieldValidation(FieldValidateable.Validation.STRICT).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            client.resource(item).patch(context(null), item);
        }
    }

    private static PatchContext context(@org.jspecify.annotations.Nullable String dryRun) {
        var builder =
                new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withFieldValidation("Strict");
        return (dryRun == null ? builder : builder.withDryRun(List.of(dryRun))).build();
    }

    private static String name(HasMetadata item) {
        var namespace = item.getMetadata().getNamespace();
        return item.getKind()
                + " "
                + (namespace == null ? "" : namespace + "/")
                + item.getMetadata().getName();
    }

    private static String message(KubernetesClientException e) {
        var status = e.getStatus();
        var said = status == null ? e.getMessage() : status.getMessage();
        return said == null ? e.toString() : said;
    }

    private static String first(RuntimeException e) {
        var said = e.getMessage();
        return said == null ? e.toString() : said.lines().findFirst().orElse(said);
    }

    private static boolean namespaced(HasMetadata item) {
        return item instanceof io.fabric8.kubernetes.api.model.Namespaced;
    }
}
