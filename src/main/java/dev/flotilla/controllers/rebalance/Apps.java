package dev.flotilla.controllers.rebalance;

import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The apps whose pods can move: those of ReplicaSets and ReplicationControllers.
final class Apps {
    private final Informer<Deployment> deployments;
    private final Informer<ReplicaSet> sets;
    private final Informer<ReplicationController> controllers;
    private final Informer<Namespace> namespaces;
    private final Informer<Pod> pods;

    Apps(Informers informers) {
        deployments = informers.of(Deployment.class);
        sets = Owners.index(informers.of(ReplicaSet.class));
        controllers = informers.of(ReplicationController.class);
        namespaces = informers.of(Namespace.class);
        pods = Owners.index(informers.of(Pod.class));
    }

    /// Those that have pods.
    List<App> all() {
        var all = new ArrayList<App>();
        for (var set : sets.all()) {
            var deployment = Owners.controller(set, "Deployment").flatMap(deployments::get);
            add(
                    deployment.map(HasMetadata.class::cast).orElse(set),
                    set,
                    set.getSpec().getReplicas(),
                    deployment.filter(d -> rolls(d, set)).isPresent(),
                    all);
        }
        for (var controller : controllers.all()) {
            add(controller, controller, controller.getSpec().getReplicas(), false, all);
        }
        return all;
    }

    private void add(
            HasMetadata app,
            HasMetadata keeper,
            @Nullable Integer replicas,
            boolean rolls,
            List<App> all) {
        var kept = Owners.ownedBy(keeper, pods).stream().filter(p -> !PodState.over(p)).toList();
        if (!kept.isEmpty()) {
            all.add(
                    new App(
                            app.getKind() + " " + ObjectKey.of(app),
                            kept,
                            Objects.requireNonNullElse(replicas, 1),
                            refusal(app, keeper, rolls)));
        }
    }

    private Optional<String> refusal(HasMetadata app, HasMetadata keeper, boolean rolls) {
        if (optedOut(app) || optedOut(keeper)) {
            return Optional.of("it has the annotation " + Marks.REBALANCE + ": \"false\"");
        }
        var namespace = ObjectKey.of(app).namespace();
        if (namespaces.get(ObjectKey.of(namespace)).filter(Apps::optedOut).isPresent()) {
            return Optional.of(
                    "its namespace has the annotation " + Marks.REBALANCE + ": \"false\"");
        }
        if (Owners.leaving(app) || Owners.leaving(keeper)) {
            return Optional.of("it is being deleted");
        }
        return rolls ? Optional.of("a rollout of it runs") : Optional.empty();
    }

    static boolean optedOut(HasMetadata object) {
        return "false".equals(Owners.notes(object).get(Marks.REBALANCE));
    }

    /// Whatever the Deployment wants is not yet as it wants it, or other sets have pods too.
    private boolean rolls(Deployment deployment, ReplicaSet set) {
        var status = deployment.getStatus();
        if (status == null
                || Objects.requireNonNullElse(status.getObservedGeneration(), 0L)
                        < Objects.requireNonNullElse(
                                deployment.getMetadata().getGeneration(), 0L)) {
            return true;
        }
        int wanted = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
        return Objects.requireNonNullElse(status.getUpdatedReplicas(), 0) != wanted
                || Objects.requireNonNullElse(status.getReplicas(), 0) != wanted
                || Owners.ownedBy(deployment, sets).stream()
                        .filter(s -> !s.getMetadata().getUid().equals(set.getMetadata().getUid()))
                        .anyMatch(s -> !Owners.ownedBy(s, pods).stream().allMatch(PodState::over));
    }
}
