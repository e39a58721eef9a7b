package dev.flotilla.controllers.collect;

import dev.flotilla.controllers.owner.Owners;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// What becomes of one object because of its owners and of what it owns, decided without touching
/// anything. The three ways are Kubernetes': in the background the owner goes first, in the
/// foreground last, and an orphaning owner leaves all behind.
final class Collection {
    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";

    /// What is known of an owner.
    enum Owner {
        THERE,
        GONE,
        /// About to go, once all it owns is gone.
        GOING_LAST
    }

    sealed interface Action {
        /// @param last whether what it owns goes first
        record Remove(HasMetadata object, boolean last) implements Action {}

        /// Forget these owners, by uid.
        record Disown(HasMetadata object, Set<String> uids) implements Action {}

        /// Nothing holds the object for this reason any more.
        record LetGo(HasMetadata object, String finalizer) implements Action {}
    }

    private Collection() {}

    /// @param dependents all that name it as an owner
    static List<Action> plan(
            HasMetadata object,
            Function<OwnerReference, Owner> owners,
            List<? extends HasMetadata> dependents) {
        if (Owners.leaving(object)) {
            return leave(object, dependents);
        }
        var gone = new HashSet<String>();
        boolean kept = false;
        boolean last = false;
        for (var reference : object.getMetadata().getOwnerReferences()) {
            switch (owners.apply(reference)) {
                case THERE -> kept = true;
                case GONE -> gone.add(reference.getUid());
                case GOING_LAST -> {
                    last = true;
                    gone.add(reference.getUid());
                }
            }
        }
        if (gone.isEmpty()) {
            return List.of();
        }
        return kept
                ? List.of(new Action.Disown(object, gone))
                : List.of(new Action.Remove(object, last && mayWait(dependents)));
    }

    /// What owns its own owner, in a ring, waits for nothing: it would wait for itself.
    private static boolean mayWait(List<? extends HasMetadata> dependents) {
        return !dependents.isEmpty()
                && dependents.stream()
                        .noneMatch(
                                d ->
                                        Owners.leaving(d)
                                                && d.getMetadata()
                                                        .getFinalizers()
                                                        .contains(FOREGROUND));
    }

    private static List<Action> leave(HasMetadata object, List<? extends HasMetadata> dependents) {
        var finalizers = object.getMetadata().getFinalizers();
        var uid = object.getMetadata().getUid();
        if (finalizers.contains(ORPHAN)) {
            var actions = new ArrayList<Action>();
            dependents.forEach(d -> actions.add(new Action.Disown(d, Set.of(uid))));
            actions.add(new Action.LetGo(object, ORPHAN));
            return actions;
        }
        boolean waits =
                dependents.stream()
                        .flatMap(d -> d.getMetadata().getOwnerReferences().stream())
                        .filter(o -> o.getUid().equals(uid))
                        .anyMatch(o -> Boolean.TRUE.equals(o.getBlockOwnerDeletion()));
        return finalizers.contains(FOREGROUND) && !waits
                ? List.of(new Action.LetGo(object, FOREGROUND))
                : List.of();
    }
}
