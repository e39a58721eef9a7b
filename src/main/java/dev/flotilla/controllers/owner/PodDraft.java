package dev.flotilla.controllers.owner;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;

import java.util.List;

/// A pod that an owner is to make, before it has its own marks.
public final class PodDraft {
    private PodDraft() {}

    /// The template's pod, owned, named by the API after its owner.
    public static Pod of(HasMetadata owner, PodTemplateSpec template) {
        var meta = template.getMetadata();
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(owner.getMetadata().getNamespace())
                .withGenerateName(owner.getMetadata().getName() + "-")
                .withLabels(meta == null ? null : meta.getLabels())
                .withAnnotations(meta == null ? null : meta.getAnnotations())
                .withFinalizers(meta == null ? List.of() : meta.getFinalizers())
                .withOwnerReferences(Owners.controlledBy(owner))
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }
}
