package dev.flotilla.controllers.deployment;

import dev.flotilla.controllers.deployment.Rollout.Resize;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What a Deployment is to do about its ReplicaSets, one step at a time, decided without touching
/// anything.
///
/// @param current the set of the template of now
/// @param old the other sets, oldest first
record DeploymentPlan(Deployment deployment, Optional<Stock> current, List<Stock> old) {
    private static final int HISTORY_WHEN_UNSAID = 10;

    sealed interface Action {
        record Make(ReplicaSet draft) implements Action {}

        record Change(ReplicaSet before, ReplicaSet after) implements Action {}

        /// Forget a revision.
        record Drop(ReplicaSet set) implements Action {}

        /// Take the template of an earlier revision, and say so.
        record GoBack(Deployment after, String why) implements Action {}

        /// Write the Deployment's own annotations.
        record Note(Deployment after) implements Action {}
    }

    /// @param stocks the sets that the deployment controls, with what they have
    static DeploymentPlan of(Deployment deployment, List<Stock> stocks) {
        var sets = stocks.stream().map(Stock::set).toList();
        var current =
                Revisions.current(deployment, sets).map(s -> s.getMetadata().getUid()).orElse("");
        return new DeploymentPlan(
                deployment,
                stocks.stream().filter(s -> s.uid().equals(current)).findFirst(),
                stocks.stream()
                        .filter(s -> !s.uid().equals(current))
                        .sorted(Comparator.comparing(Stock::set, Revisions.BY_AGE))
                        .toList());
    }

    List<Action> actions() {
        if (Owners.leaving(deployment)) {
            return List.of();
        }
        var rollback = new AutoRollback(this);
        var first = rollback.prove().or(rollback::goBack);
        if (first.isPresent()) {
            return List.of(first.get());
        }
        var actions = new ArrayList<Action>();
        if (current.isEmpty()) {
            withoutCurrent(actions);
        } else {
            var was = current.get().set();
            var noted = Revisions.annotated(was, deployment, oldSets());
            var resizes = resizes(current.get().with(noted));
            change(was, noted, resizes, actions);
            for (var set : oldSets()) {
                change(set, set, resizes, actions);
            }
            note(noted, actions);
        }
        if (actions.isEmpty() && (paused() || DeploymentStatuses.complete(deployment))) {
            Revisions.forgotten(oldSets(), historyLimit())
                    .forEach(set -> actions.add(new Action.Drop(set)));
        }
        return actions;
    }

    /// All its sets, the current one last.
    List<Stock> all() {
        var all = new ArrayList<>(old);
        current.ifPresent(all::add);
        return all;
    }

    private List<ReplicaSet> oldSets() {
        return old.stream().map(Stock::set).toList();
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
        if (!Bounds.rolls(deployment)) {
            var shrink = shrinkToNothing();
            shrink.forEach(r -> change(r.set(), r.set(), List.of(r), actions));
            if (!shrink.isEmpty() || occupied()) {
                return;
            }
        }
        int most = old.stream().mapToInt(Stock::most).sum();
        int size = Rollout.grown(bounds(), 0, most);
        actions.add(new Action.Make(Revisions.draft(deployment, oldSets(), size)));
    }

    private List<Resize> resizes(Stock current) {
        var rollout = new Rollout(bounds(), current, old);
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
        return occupied() ? List.of() : List.of(new Resize(current.set(), bounds().desired()));
    }

    /// The wished size has changed since some set was sized.
    private boolean scaled() {
        return all().stream()
                .map(Stock::set)
                .filter(s -> Revisions.size(s) > 0)
                .map(s -> Revisions.number(s, Revisions.DESIRED))
                .anyMatch(n -> n.isPresent() && n.getAsInt() != bounds().desired());
    }

    private List<Resize> scale(Stock current, Rollout rollout) {
        var active = all().stream().filter(s -> s.size() > 0).toList();
        if (active.size() <= 1) {
            var only = active.isEmpty() ? current : active.getFirst();
            return List.of(new Resize(only.set(), bounds().desired()));
        }
        if (saturated(current)) {
            return shrinkToNothing();
        }
        var status = deployment.getStatus();
        int before = status == null ? 0 : Objects.requireNonNullElse(status.getReplicas(), 0);
        return Bounds.rolls(deployment) ? rollout.proportion(before) : List.of();
    }

    private boolean saturated(Stock stock) {
        int desired = bounds().desired();
        return stock.size() == desired
                && stock.available() == desired
                && Revisions.number(stock.set(), Revisions.DESIRED).orElse(-1) == desired;
    }

    private List<Resize> shrinkToNothing() {
        return old.stream().filter(s -> s.size() > 0).map(s -> new Resize(s.set(), 0)).toList();
    }

    /// Old pods are left, if only leaving ones.
    private boolean occupied() {
        return old.stream().anyMatch(Stock::occupied);
    }

    private Optional<ReplicaSet> latest() {
        return all().stream()
                .map(Stock::set)
                .filter(s -> Revisions.size(s) > 0)
                .max(Revisions.BY_AGE)
                .or(() -> all().stream().map(Stock::set).max(Revisions.BY_AGE));
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

    /// The Deployment shows the revision of its set; where to add is the set's business now. That
    /// it went back by itself is shown until its template changes; `kubectl rollout undo` brings
    /// along what is the set's own.
    private void note(ReplicaSet current, List<Action> actions) {
        var notes = new HashMap<>(Owners.notes(deployment));
        var revision = Owners.notes(current).get(Revisions.REVISION);
        if (revision != null) {
            notes.put(Revisions.REVISION, revision);
        }
        notes.keySet().removeAll(Set.of(Marks.ADD_ON, Marks.COMPLETED));
        if (!AutoRollback.stands(deployment, current)) {
            notes.keySet().removeAll(Set.of(Marks.ROLLED_BACK_TO, Marks.ROLLED_BACK_BECAUSE));
        }
        if (!notes.equals(Owners.notes(deployment))) {
            actions.add(
                    new Action.Note(
                            new DeploymentBuilder(deployment)
                                    .editMetadata()
                                    .withAnnotations(notes)
                                    .endMetadata()
                                    .build()));
        }
    }

    private int historyLimit() {
        return Objects.requireNonNullElse(
                deployment.getSpec().getRevisionHistoryLimit(), HISTORY_WHEN_UNSAID);
    }
}
