package dev.flotilla.controllers.stateful;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodDraft;
import dev.flotilla.controllers.revision.History;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One place of a StatefulSet: the pod and the claims of one ordinal.
record Member(StatefulSet set, int ordinal) {
    private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
    private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

    /// The ordinal in a pod's name, or -1 if the name is none of the set's.
    static int ordinal(StatefulSet set, Pod pod) {
        var prefix = set.getMetadata().getName() + "-";
        var name = pod.getMetadata().getName();
        var rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return rest.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(rest) : -1;
    }

    String name() {
        return set.getMetadata().getName() + "-" + ordinal;
    }

    /// @param revision the name of the template's revision
    Pod draft(PodTemplateSpec template, String revision) {
        var plain = PodDraft.of(set, template);
        return new PodBuilder(plain)
                .editMetadata()
                .withGenerateName(null)
                .withName(name())
                .addToLabels(POD_NAME, name())
                .addToLabels(POD_INDEX, Integer.toString(ordinal))
                .addToLabels(History.LABEL, revision)
                .endMetadata()
                .editSpec()
                .withHostname(name())
                .withSubdomain(set.getSpec().getServiceName())
                .withVolumes(volumes(plain.getSpec().getVolumes()))
                .endSpec()
                .build();
    }

    /// A claim takes the place of a volume of the same name.
    private List<Volume> volumes(List<Volume> others) {
        var all = new ArrayList<Volume>();
        var claims = new HashMap<String, String>();
        for (var template : set.getSpec().getVolumeClaimTemplates()) {
            var name = template.getMetadata().getName();
            claims.put(name, claimName(name));
            all.add(
                    new VolumeBuilder()
                            .withName(name)
                            .withNewPersistentVolumeClaim()
                            .withClaimName(claimName(name))
                            .endPersistentVolumeClaim()
                            .build());
        }
        others.stream().filter(v -> !claims.containsKey(v.getName())).forEach(all::add);
        return all;
    }

    /// The claims it needs.
    List<PersistentVolumeClaim> claims() {
        Map<String, String> labels = set.getSpec().getSelector().getMatchLabels();
        return set.getSpec().getVolumeClaimTemplates().stream()
                .map(
                        t ->
                                new PersistentVolumeClaimBuilder()
                                        .withNewMetadata()
                                        .withNamespace(set.getMetadata().getNamespace())
                                        .withName(claimName(t.getMetadata().getName()))
                                        .withAnnotations(Owners.notes(t))
                                        .withLabels(Owners.labels(t))
                                        .addToLabels(labels)
                                        .endMetadata()
                                        .withSpec(t.getSpec())
                                        .build())
                .toList();
    }

    private String claimName(String template) {
        return template + "-" + name();
    }
}
