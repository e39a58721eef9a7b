package dev.flotilla.controllers.deployment;

import dev.flotilla.controllers.deployment.DeploymentPlan.Action;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.TemplateHash;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/// Takes a Deployment with [Marks#AUTO_ROLLBACK] back to the last revision that was complete when
/// its rollout fails: it is past its deadline, or its new pods are in [Trouble].
///
/// It never leaves a revision that was complete, so it can't go back and forth; who asks again for
/// a revision that failed has it tried again.
record AutoRollback(DeploymentPlan plan) {
    private static final String CHANGE_CAUSE = "kubernetes.io/change-cause";

    /// Remembers that the rollout to a set was complete.
    Optional<Action> prove() {
        if (!wanted() || !DeploymentStatuses.says(plan.deployment(), DeploymentStatuses.DONE)) {
            return Optional.empty();
        }
        var shown = Owners.notes(plan.deployment()).get(Revisions.REVISION);
        var current = plan.current().map(Stock::uid);
        return plan.all().stream()
                .filter(s -> Objects.equals(Owners.notes(s.set()).get(Revisions.REVISION), shown))
                .filter(s -> !completed(s.set()))
                .filter(
                        s ->
                                DeploymentStatuses.complete(plan.deployment())
                                        || !current.equals(Optional.of(s.uid())))
                .findFirst()
                .map(s -> new Action.Change(s.set(), marked(s.set())));
    }

    Optional<Action> goBack() {
        var current = plan.current();
        if (!wanted() || plan.paused() || current.isEmpty() || completed(current.get().set())) {
            return Optional.empty();
        }
        return why(current.get())
                .flatMap(
                        why ->
                                plan.old().stream()
                                        .map(Stock::set)
                                        .filter(s -> completed(s) && !Owners.leaving(s))
                                        .max(Comparator.comparingInt(Revisions::revision))
                                        .map(to -> to(to, current.get().set(), why)));
    }

    /// The deployment went back by itself, and nobody has changed its template since.
    ///
    /// @param current the set of its template
    static boolean stands(Deployment deployment, ReplicaSet current) {
        return current.getMetadata()
                .getName()
                .equals(Owners.notes(deployment).get(Marks.ROLLED_BACK_TO));
    }

    private boolean wanted() {
        return wanted(plan.deployment());
    }

    static boolean wanted(Deployment deployment) {
        return "true".equals(Owners.notes(deployment).get(Marks.AUTO_ROLLBACK));
    }

    /// Only what was written about this very template counts.
    private Optional<String> why(Stock current) {
        var deployment = plan.deployment();
        if (Owners.notes(deployment).containsKey(Marks.ROLLED_BACK_TO)) {
            return Optional.empty();
        }
        var name = current.set().getMetadata().getName();
        return DeploymentStatuses.late(deployment, name)
                ? Optional.of("its new pods were not available in time")
                : current.trouble();
    }

    private Action to(ReplicaSet to, ReplicaSet from, String why) {
        var name = to.getMetadata().getName();
        int revision = Revisions.revision(to);
        int failed = Revisions.revision(from);
        var after =
                new DeploymentBuilder(plan.deployment())
                        .editMetadata()
                        .addToAnnotations(Marks.ROLLED_BACK_TO, name)
                        .addToAnnotations(
                                Marks.ROLLED_BACK_BECAUSE, "revision " + failed + ": " + why)
                        .endMetadata()
                        .editSpec()
                        .withTemplate(unlabeled(to.getSpec().getTemplate()))
                        .endSpec()
                        .build();
        var cause = Owners.notes(to).get(CHANGE_CAUSE);
        if (cause != null) {
            after.getMetadata().getAnnotations().put(CHANGE_CAUSE, cause);
        }
        return new Action.GoBack(
                after,
                "Rolled back deployment \"%s\" from revision %d to revision %d: %s"
                        .formatted(
                                plan.deployment().getMetadata().getName(), failed, revision, why));
    }

    private static PodTemplateSpec unlabeled(PodTemplateSpec template) {
        return new PodTemplateSpecBuilder(template)
                .editOrNewMetadata()
                .removeFromLabels(TemplateHash.LABEL)
                .endMetadata()
                .build();
    }

    private static boolean completed(ReplicaSet set) {
        return Owners.notes(set).containsKey(Marks.COMPLETED);
    }

    private static ReplicaSet marked(ReplicaSet set) {
        return new ReplicaSetBuilder(set)
                .editMetadata()
                .addToAnnotations(Marks.COMPLETED, "true")
                .endMetadata()
                .build();
    }
}
