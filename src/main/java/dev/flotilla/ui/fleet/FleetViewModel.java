package dev.flotilla.ui.fleet;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.fleet.drag.Drag;
import dev.flotilla.ui.fleet.drag.Ghost;
import dev.flotilla.ui.kit.Settings;
import dev.flotilla.ui.state.Actions;
import dev.flotilla.ui.state.FleetModel;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.Link;
import dev.flotilla.ui.state.Pending;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.state.Selection;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the Fleet screen shows and what can be done there. Knows properties, not controls.
public final class FleetViewModel {
    private static final String GROUPING = "fleet.group";

    private final FleetModel model;
    private final Actions actions;
    private final ReadOnlyObjectWrapper<@Nullable Drag> drag = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<Grouping> grouping = new SimpleObjectProperty<>(Grouping.NODE);

    private final ObservableValue<Boolean> vacant;

    public FleetViewModel(FleetModel model, Actions actions, Settings settings) {
        this.model = model;
        this.actions = actions;
        vacant =
                Bindings.createObjectBinding(
                        this::nothing,
                        model.linkProperty(),
                        model.allProperty(),
                        actions.pending());
        var remembered = settings.get(GROUPING, "");
        Arrays.stream(Grouping.values())
                .filter(g -> g.name().equals(remembered))
                .forEach(grouping::set);
        grouping.subscribe(g -> settings.set(GROUPING, g.name()));
    }

    FleetModel model() {
        return model;
    }

    FleetState state() {
        return model.state();
    }

    Actions actions() {
        return actions;
    }

    ObjectProperty<Grouping> groupingProperty() {
        return grouping;
    }

    ObservableValue<List<Chip>> chips() {
        return model.stateProperty()
                .map(
                        s ->
                                s.apps().stream()
                                        .map(a -> new Chip(a.key(), a.pods(), a.scalable()))
                                        .toList());
    }

    /// Nothing is there and nothing on its way: time to say how to begin.
    ObservableValue<Boolean> vacant() {
        return vacant;
    }

    ObservableValue<Boolean> connecting() {
        return model.linkProperty().map(Link.Connecting.class::isInstance);
    }

    /// The drag under way; null when there is none.
    ReadOnlyObjectProperty<@Nullable Drag> dragProperty() {
        return drag.getReadOnlyProperty();
    }

    void lift(Drag.Cargo cargo) {
        var begun = Drag.of(cargo);
        drag.set(begun);
        actions.place(cargo.question())
                .thenAccept(
                        answer -> {
                            var now = drag.get();
                            if (now != null && now.cargo().equals(cargo)) {
                                drag.set(now.with(answer));
                            }
                        });
    }

    void over(Drag.Target target) {
        var now = drag.get();
        if (now != null && !now.target().equals(target)) {
            drag.set(now.over(target));
        }
    }

    /// Ends the drag and does what a drop does where it is.
    void drop() {
        var now = drag.get();
        drag.set(null);
        if (now != null) {
            now.drop(state()).ifPresent(this::perform);
        }
    }

    /// Ends the drag and does nothing.
    void cancel() {
        drag.set(null);
    }

    /// Failures show as a notice.
    void perform(Intent intent) {
        actions.perform(intent).exceptionally(_ -> null);
    }

    void select(Selection what) {
        model.select(what);
    }

    /// Clicking an app's chip selects it, or takes the selection off it.
    void toggle(ObjectKey app) {
        Selection wanted = new Selection.OfApp(app);
        var now = model.selectionProperty().get();
        model.select(now.equals(wanted) ? new Selection.Nothing() : wanted);
    }

    Optional<PodState> selectedPod() {
        return model.selectionProperty().get() instanceof Selection.OfPod(var key)
                ? state().pod(key)
                : Optional.empty();
    }

    /// The app that is selected, or that the selected pod belongs to.
    Optional<ObjectKey> selectedApp() {
        return switch (model.selectionProperty().get()) {
            case Selection.OfApp(var key) -> Optional.of(key);
            case Selection.OfPod(var key) -> state().pod(key).map(PodState::app);
            case Selection.OfNode _, Selection.Nothing _ -> Optional.empty();
        };
    }

    /// Pods that are not there yet: where a drag would land, and what was asked for.
    List<Ghost> ghosts() {
        var all = new ArrayList<Ghost>();
        for (var pending : actions.pending()) {
            asked(pending).forEach(all::add);
        }
        var now = drag.get();
        if (now != null) {
            now.ghost(state()).ifPresent(all::add);
        }
        return all;
    }

    private boolean nothing() {
        var all = model.allProperty().get();
        return model.linkProperty().get() instanceof Link.Live
                && all.at().isAfter(Instant.EPOCH)
                && all.empty()
                && actions.pending().isEmpty();
    }

    private static Stream<Ghost> asked(Pending pending) {
        return switch (pending.intent()) {
            case Intent.AddReplica(var app, var node) when node != null ->
                    Stream.of(new Ghost(app, node));
            case Intent.Move(var pod, _, var node) ->
                    pending.before().pod(pod).stream().map(p -> new Ghost(p.app(), node));
            default -> Stream.empty();
        };
    }
}
