package dev.flotilla.controllers.endpoint;

import dev.flotilla.controllers.owner.Owners;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What is to become of the slices of one owner. A slice that is to go becomes one that is to be
/// made, where that can be: one write less, and nobody sees the Service without slices.
final class SliceChanges {
    private final HasMetadata owner;
    private final List<EndpointSlice> made = new ArrayList<>();
    private final List<Action.Change> changed = new ArrayList<>();
    private final List<EndpointSlice> gone = new ArrayList<>();

    sealed interface Action {
        /// Named by the API.
        record Create(EndpointSlice draft) implements Action {}

        record Change(EndpointSlice before, EndpointSlice after) implements Action {}

        record Remove(EndpointSlice slice) implements Action {}
    }

    SliceChanges(HasMetadata owner) {
        this.owner = owner;
    }

    void make(EndpointSlice draft) {
        made.add(draft);
    }

    void change(EndpointSlice before, EndpointSlice after) {
        changed.add(new Action.Change(before, after));
    }

    void remove(EndpointSlice slice) {
        gone.add(slice);
    }

    boolean makeAny() {
        return !made.isEmpty();
    }

    List<EndpointSlice> gone() {
        return List.copyOf(gone);
    }

    void keep(EndpointSlice slice) {
        gone.remove(slice);
    }

    /// @param stamped puts on what is written whatever is to be on all of it
    List<Action> actions(UnaryOperator<EndpointSlice> stamped) {
        reuse();
        var actions = new ArrayList<Action>();
        if (!Owners.leaving(owner)) {
            made.forEach(s -> actions.add(new Action.Create(stamped.apply(s))));
        }
        changed.forEach(c -> actions.add(new Action.Change(c.before, stamped.apply(c.after))));
        gone.forEach(s -> actions.add(new Action.Remove(s)));
        return actions;
    }

    private void reuse() {
        for (Iterator<EndpointSlice> drafts = made.iterator(); drafts.hasNext(); ) {
            var draft = drafts.next();
            var old = reusable(draft);
            if (old.isPresent()) {
                gone.remove(old.get());
                drafts.remove();
                change(old.get(), turned(old.get(), draft));
            }
        }
    }

    private Optional<EndpointSlice> reusable(EndpointSlice draft) {
        return gone.stream()
                .filter(s -> s.getAddressType().equals(draft.getAddressType()))
                .filter(s -> owned(s, owner) && !Owners.leaving(s))
                .findFirst();
    }

    private static EndpointSlice turned(EndpointSlice old, EndpointSlice draft) {
        return new EndpointSliceBuilder(old)
                .editMetadata()
                .withLabels(draft.getMetadata().getLabels())
                .withAnnotations(draft.getMetadata().getAnnotations())
                .endMetadata()
                .withPorts(draft.getPorts())
                .withEndpoints(draft.getEndpoints())
                .build();
    }

    static boolean owned(EndpointSlice slice, HasMetadata owner) {
        return slice.getMetadata().getOwnerReferences().stream()
                .anyMatch(
                        o ->
                                o.getUid().equals(owner.getMetadata().getUid())
                                        && o.getKind().equals(owner.getKind()));
    }
}
