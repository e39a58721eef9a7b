package dev.flotilla.controllers;

import dev.flotilla.controllers.Rollout.Resize;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// What a Deployment is to do about its ReplicaSets, one step at a time, decided without touching
/// anything.
///
/// @param sets those it controls
/// @param hasPods whether a set still has pods, terminating ones among them
record DeploymentPlan(Deployment deployment, List<ReplicaSet> sets, Predicate<ReplicaSet> hasPods) {
    private static final int HISTORY_WHEN_UNSAID = 10;

    sealed interface Action {
        record Make(ReplicaSet draft) implements Action {}

        record Change(ReplicaSet before, ReplicaSet after) implements Action {}

        /// Forget a revision.
        record Drop(ReplicaSet set) implements Action {}

        /// Write the Deployment's own annotations.
        record Note(Deployment after) implements Action {}
    }

    List<Action> actions() {
        if (Owners.leaving(deployment)) {
            return List.of();
        }
        var actions = new ArrayList<Action>();
        var current = current();
        if (current.isEmpty()) {
            withoutCurrent(actions);
        } else {
            var noted = Revisions.annotated(current.get(), deployment, old());
            var resizes = resizes(noted);
            change(current.get(), noted, resizes, actions);
            for (var set : old()) {
                change(set, set, resizes, actions);
            }
            note(noted, actions);
        }
        if (actions.isEmpty() && (paused() || DeploymentStatuses.complete(deployment))) {
            Revisions.forgotten(old(), historyLimit())
                    .forEach(set -> actions.add(new Action.Drop(set)));
        }
        return actions;
    }

    /// The set of the template of now.
    Optional<ReplicaSet> current() {
        return Revisions.current(deployment, sets);
    }

    List<ReplicaSet> old() {
        var current = current().map(s -> s.getMetadata().getUid()).orElse("");
        return sets.stream()
                .filter(s -> !current.equals(s.getMetadata().getUid()))
                .sorted(Revisions.BY_AGE)
                .toList();
    }

    Bounds bounds() {
        return Bounds.of(deployment);
    }

    boolean paused() {
        return Boolean.TRUE.equals(deployment.getSpec().getPaused());
    }

    /// There is no set for this template yet: make one as large as the surge allows; Recreate first
    /// waits until the old pods are gone.
    private void withoutCurrent(List<Action> actions) {
        if (paused()) {
            latest().filter(_ -> scaled())
                    .map(set -> new Resize(set, bounds().desired()))
                    .ifPresent(r -> change(r.set(), r.set(), List.of(r), actions));
            return;
        }
        int total = old().stream().mapToInt(Revisions::size).sum();
        if (!Bounds.rolls(deployment)) {
            if (total > 0) {
                shrinkToNothing().forEach(r -> change(r.set(), r.set(), List.of(r), actions));
                return;
            }
            if (old().stream().anyMatch(hasPods)) {
                return;
            }
        }
        int size = Rollout.grown(bounds(), 0, total);
        actions.add(new Action.Make(Revisions.draft(deployment, old(), size)));
    }

    private List<Resize> resizes(ReplicaSet current) {
        var rollout = new Rollout(bounds(), current, old());
        if (scaled() || paused()) {
            return scale(current, rollout);
        }
        if (Bounds.rolls(deployment)) {
            return rollout.roll();
        }
        var shrink = shrinkToNothing();
        if (!shrink.isEmpty()) {
            return shrink;
        }
        return old().stream().anyMatch(hasPods)
                ? List.of()
                : List.of(new Resize(current, bounds().desired()));
    }

    /// The wished size has changed since some set was sized.
    private boolean scaled() {
        return sets.stream()
                .filter(s -> Revisions.size(s) > 0)
                .map(s -> Revisions.number(s, Revisions.DESIRED))
                .anyMatch(n -> n.isPresent() && n.getAsInt() != bounds().desired());
    }

    private List<Resize> scale(ReplicaSet current, Rollout rollout) {
        var active = sets.stream().filter(s -> Revisions.size(s) > 0).toList();
        if (active.size() <= 1) {
            var only = active.isEmpty() ? current : active.getFirst();
            boolean isCurrent = only.getMetadata().getUid().equals(current.getMetadata().getUid());
            return List.of(new Resize(isCurrent ? current : only, bounds().desired()));
        }
        if (saturated(current)) {
            return shrinkToNothing();
        }
        var status = deployment.getStatus();
        int before = status == null ? 0 : Objects.requireNonNullElse(status.getReplicas(), 0);
        return Bounds.rolls(deployment) ? rollout.proportion(before) : List.of();
    }

    private boolean saturated(ReplicaSet set) {
        int desired = bounds().desired();
        return Revisions.size(set) == desired
                && Revisions.available(set) == desired
                && Revisions.number(set, Revisions.DESIRED).orElse(-1) == desired;
    }

    private List<Resize> shrinkToNothing() {
        return old().stream()
                .filter(s -> Revisions.size(s) > 0)
                .map(s -> new Resize(s, 0))
                .toList();
    }

    private Optional<ReplicaSet> latest() {
        return sets.stream()
                .filter(s -> Revisions.size(s) > 0)
                .max(Revisions.BY_AGE)
                .or(() -> sets.stream().max(Revisions.BY_AGE));
    }

    /// @param noted the set with what else is to change about it
    private void change(
            ReplicaSet before, ReplicaSet noted, List<Resize> resizes, List<Action> actions) {
        var uid = before.getMetadata().getUid();
        var after =
                resizes.stream()
                        .filter(r -> r.set().getMetadata().getUid().equals(uid))
                        .findFirst()
                        .map(r -> Revisions.resized(noted, r.size(), bounds()))
                        .orElse(noted);
        if (!after.equals(before)) {
            actions.add(new Action.Change(before, after));
        }
    }

    /// The Deployment shows the revision of its set; where to add is the set's business now.
    private void note(ReplicaSet current, List<Action> actions) {
        var revision = Owners.notes(current).get(Revisions.REVISION);
        var notes = Owners.notes(deployment);
        boolean handOver = notes.containsKey(Marks.ADD_ON);
        if (revision != null && (handOver || !revision.equals(notes.get(Revisions.REVISION)))) {
            actions.add(
                    new Action.Note(
                            new DeploymentBuilder(deployment)
                                    .editMetadata()
                                    .addToAnnotations(Revisions.REVISION, revision)
                                    .removeFromAnnotations(Marks.ADD_ON)
                                    .endMetadata()
                                    .build()));
        }
    }

    private int historyLimit() {
        return Objects.requireNonNullElse(
                deployment.getSpec().getRevisionHistoryLimit(), HISTORY_WHEN_UNSAID);
    }
}
