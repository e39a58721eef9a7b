package dev.flotilla.schedule.facts;

import io.fabric8.kubernetes.api.model.TopologySelectorTerm;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

import java.util.List;
import java.util.Map;

/// A StorageClass as the scheduler sees it.
///
/// @param waits whether its claims are bound only once a pod that uses them has a node
/// @param makes whether it makes volumes; otherwise people do
/// @param allowed where its volumes may be; empty for anywhere
public record ClassView(
        String name, boolean waits, boolean makes, List<TopologySelectorTerm> allowed) {
    private static final String BY_HAND = "kubernetes.io/no-provisioner";

    public static ClassView of(StorageClass type) {
        return new ClassView(
                type.getMetadata().getName(),
                "WaitForFirstConsumer".equals(type.getVolumeBindingMode()),
                !BY_HAND.equals(type.getProvisioner()),
                type.getAllowedTopologies() == null
                        ? List.of()
                        : List.copyOf(type.getAllowedTopologies()));
    }

    /// Whether it could make a volume for that node.
    public boolean reaches(Map<String, String> labelsOfNode) {
        return makes
                && (allowed.isEmpty()
                        || allowed.stream()
                                .anyMatch(
                                        t ->
                                                t.getMatchLabelExpressions().stream()
                                                        .allMatch(
                                                                e ->
                                                                        e.getValues()
                                                                                .contains(
                                                                                        labelsOfNode
                                                                                                .get(
                                                                                                        e
                                                                                                                .getKey())))));
    }
}
