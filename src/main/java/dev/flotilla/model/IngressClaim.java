package dev.flotilla.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;

import org.jspecify.annotations.Nullable;

import java.util.Collection;

/// Whose an Ingress is: of the class it names, or of the default one.
public final class IngressClaim {
    /// How a class was named before there was a field for it.
    private static final String FORMER = "kubernetes.io/ingress.class";

    private static final String DEFAULT = "ingressclass.kubernetes.io/is-default-class";

    private IngressClaim() {}

    /// Whether the nodes of this cluster serve it.
    public static boolean ours(Ingress ingress, Collection<IngressClass> classes) {
        var named = ingress.getSpec() == null ? null : ingress.getSpec().getIngressClassName();
        var name = named == null ? note(ingress, FORMER) : named;
        return classes.stream()
                .filter(c -> c.getSpec() != null)
                .filter(c -> Marks.INGRESS_CONTROLLER.equals(c.getSpec().getController()))
                .anyMatch(
                        c ->
                                name == null
                                        ? "true".equals(note(c, DEFAULT))
                                        : name.equals(c.getMetadata().getName()));
    }

    private static @Nullable String note(HasMetadata object, String key) {
        var notes = object.getMetadata().getAnnotations();
        return notes == null ? null : notes.get(key);
    }
}
