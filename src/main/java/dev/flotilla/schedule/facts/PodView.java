package dev.flotilla.schedule.facts;

import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/// A pod as the scheduler sees it.
///
/// @param started when it began, or else when it was made
/// @param placeOn the node it must run on, see [Marks#PLACE_ON]
/// @param nowhereElse whether it waits for that node even when that node takes no pods
/// @param nominated the node on which others made room for it
public record PodView(
        ObjectKey key,
        Shape shape,
        Instant started,
        @Nullable String placeOn,
        boolean nowhereElse,
        @Nullable String nominated) {

    public static PodView of(Pod pod) {
        var meta = pod.getMetadata();
        var owner =
                meta.getOwnerReferences().stream()
                        .filter(o -> Boolean.TRUE.equals(o.getController()))
                        .map(OwnerReference::getUid)
                        .findFirst()
                        .orElse("");
        Map<String, String> notes =
                Objects.requireNonNullElse(meta.getAnnotations(), Map.<String, String>of());
        var status = pod.getStatus();
        return new PodView(
                new ObjectKey(meta.getNamespace(), meta.getName()),
                Shape.of(meta.getNamespace(), meta, owner, pod.getSpec()).unbound(),
                started(pod),
                notes.get(Marks.PLACE_ON),
                notes.containsKey(Marks.REPLACES),
                status == null ? null : status.getNominatedNodeName());
    }

    /// One more replica of a template.
    ///
    /// @param owner uid of the controller that would own it
    public static PodView of(ObjectKey key, String owner, PodTemplateSpec template) {
        return of(
                key, Shape.of(key.namespace(), template.getMetadata(), owner, template.getSpec()));
    }

    public static PodView of(ObjectKey key, Shape shape) {
        return new PodView(key, shape, Instant.EPOCH, null, false, null);
    }

    /// The same pod, bound to no node by marks.
    public PodView anywhere() {
        return placed(null, false);
    }

    public PodView placed(@Nullable String on, boolean only) {
        return new PodView(key, shape, started, on, only, nominated);
    }

    /// The same pod, with a shape that is shared.
    public PodView with(Shape shared) {
        return new PodView(key, shared, started, placeOn, nowhereElse, nominated);
    }

    private static Instant started(Pod pod) {
        var status = pod.getStatus();
        var at = status == null ? null : status.getStartTime();
        var made = at == null ? pod.getMetadata().getCreationTimestamp() : at;
        return made == null ? Instant.EPOCH : Instant.parse(made);
    }
}
