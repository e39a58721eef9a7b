package dev.flotilla.ui.state;

import static java.util.Objects.requireNonNullElse;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.state.PodState.Look;

import io.fabric8.kubernetes.api.model.apps.Deployment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Finds the workloads: the Deployments of the API, and what else the pods name as their owner.
final class AppReader {
    private AppReader() {}

    static List<AppState> read(Collection<Deployment> deployments, List<PodState> pods) {
        var byApp = new HashMap<Owner, List<PodState>>();
        for (var pod : pods) {
            byApp.computeIfAbsent(new Owner(pod.appKind(), pod.app()), _ -> new ArrayList<>())
                    .add(pod);
        }
        var apps = new ArrayList<AppState>();
        for (var deployment : deployments) {
            var own = byApp.remove(new Owner("Deployment", ObjectKey.of(deployment)));
            apps.add(of(deployment, own == null ? List.of() : own));
        }
        byApp.forEach(
                (owner, own) -> {
                    if (!owner.kind().equals("Pod") && !owner.kind().equals("ReplicaSet")) {
                        apps.add(of(owner, own));
                    }
                });
        apps.sort(Comparator.comparing(AppState::key));
        return apps;
    }

    private static AppState of(Deployment d, List<PodState> pods) {
        var spec = d.getSpec();
        var status = Optional.ofNullable(d.getStatus());
        var containers = spec.getTemplate().getSpec().getContainers();
        return new AppState(
                ObjectKey.of(d),
                "Deployment",
                requireNonNullElse(spec.getReplicas(), 1),
                ready(pods),
                counting(pods),
                status.map(s -> requireNonNullElse(s.getUpdatedReplicas(), 0)).orElse(0),
                containers.isEmpty()
                        ? ""
                        : requireNonNullElse(containers.getFirst().getImage(), ""),
                Boolean.TRUE.equals(spec.getPaused()),
                PodReader.time(d.getMetadata().getCreationTimestamp()),
                status.map(s -> s.getConditions()).orElse(List.of()).stream()
                        .filter(
                                c ->
                                        ("ReplicaFailure".equals(c.getType())
                                                        && "True".equals(c.getStatus()))
                                                || ("Progressing".equals(c.getType())
                                                        && "False".equals(c.getStatus())))
                        .map(c -> requireNonNullElse(c.getMessage(), ""))
                        .findFirst()
                        .orElse(""));
    }

    private static AppState of(Owner owner, List<PodState> pods) {
        return new AppState(
                owner.key(),
                owner.kind(),
                counting(pods),
                ready(pods),
                counting(pods),
                counting(pods),
                pods.getFirst().image(),
                false,
                pods.getFirst().created(),
                "");
    }

    private static int ready(List<PodState> pods) {
        return (int) pods.stream().filter(p -> p.look() == Look.READY).count();
    }

    private static int counting(List<PodState> pods) {
        return (int) pods.stream().filter(PodState::counts).count();
    }

    private record Owner(String kind, ObjectKey key) {}
}
