package dev.flotilla.controllers.owner;

import dev.flotilla.cluster.Informer;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// Who owns what: owner references, and the selectors by which an owner finds its own.
public final class Owners {
    /// Index: objects by the uid of their controller.
    private static final String CONTROLLER = "controller";

    /// Index: objects that have no controller, by namespace.
    private static final String STRAYS = "strays";

    private Owners() {}

    public static <T extends HasMetadata> Informer<T> index(Informer<T> informer) {
        informer.indexBy(CONTROLLER, Owners::controllerUids);
        informer.indexBy(STRAYS, Owners::strayIn);
        return informer;
    }

    public static <T extends HasMetadata> List<T> ownedBy(HasMetadata owner, Informer<T> informer) {
        return ownedByUid(owner.getMetadata().getUid(), informer);
    }

    public static <T extends HasMetadata> List<T> ownedByUid(String uid, Informer<T> informer) {
        return informer.by(CONTROLLER, uid);
    }

    public static <T extends HasMetadata> List<T> strays(String namespace, Informer<T> informer) {
        return informer.by(STRAYS, namespace);
    }

    public static Optional<OwnerReference> controller(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(o -> Boolean.TRUE.equals(o.getController()))
                .findFirst();
    }

    /// The key of the controller, if it is of this kind.
    public static Optional<ObjectKey> controller(HasMetadata object, String kind) {
        return controller(object)
                .filter(o -> o.getKind().equals(kind))
                .map(o -> new ObjectKey(object.getMetadata().getNamespace(), o.getName()));
    }

    /// Whom a change of an object concerns: its controller, or while it has none all in its
    /// namespace that would select it.
    ///
    /// @param kind of the owners
    public static <T extends HasMetadata> List<ObjectKey> concerned(
            HasMetadata object,
            String kind,
            Informer<T> owners,
            Function<T, LabelSelector> selector) {
        if (controller(object).isPresent()) {
            return controller(object, kind).stream().toList();
        }
        var namespace = object.getMetadata().getNamespace();
        return owners.all().stream()
                .filter(o -> o.getMetadata().getNamespace().equals(namespace))
                .filter(o -> selects(selector.apply(o), object))
                .map(ObjectKey::of)
                .toList();
    }

    public static OwnerReference controlledBy(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    /// Whether labels match; a selector that says nothing matches nothing here.
    public static boolean selects(@Nullable LabelSelector selector, HasMetadata object) {
        if (selector == null) {
            return false;
        }
        var wanted = orEmpty(selector.getMatchLabels());
        var rules = selector.getMatchExpressions();
        if (wanted.isEmpty() && rules.isEmpty()) {
            return false;
        }
        var labels = labels(object);
        return labels.entrySet().containsAll(wanted.entrySet())
                && rules.stream().allMatch(r -> holds(r, labels));
    }

    public static Map<String, String> labels(HasMetadata object) {
        return orEmpty(object.getMetadata().getLabels());
    }

    public static Map<String, String> notes(HasMetadata object) {
        return orEmpty(object.getMetadata().getAnnotations());
    }

    public static boolean leaving(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    private static boolean holds(LabelSelectorRequirement rule, Map<String, String> labels) {
        var value = labels.get(rule.getKey());
        return switch (rule.getOperator()) {
            case "In" -> value != null && rule.getValues().contains(value);
            case "NotIn" -> value == null || !rule.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return Objects.requireNonNullElse(map, Map.of());
    }

    private static List<String> controllerUids(HasMetadata object) {
        return controller(object).map(o -> List.of(o.getUid())).orElse(List.of());
    }

    private static List<String> strayIn(HasMetadata object) {
        return controller(object).isPresent()
                ? List.of()
                : List.of(ObjectKey.of(object).namespace());
    }
}
