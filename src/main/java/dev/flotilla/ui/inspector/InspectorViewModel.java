package dev.flotilla.ui.inspector;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.Actions;
import dev.flotilla.ui.state.AppState;
import dev.flotilla.ui.state.EventState;
import dev.flotilla.ui.state.FleetModel;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.Histories;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.Placement;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.state.Selection;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What the inspector knows: the selected thing as it is now, and how far an app can grow.
public final class InspectorViewModel {
    private static final int UNKNOWN_END = 10;

    private final FleetModel model;
    private final Actions actions;
    private final InstantSource time;
    private final Texts texts = Texts.near(InspectorViewModel.class);
    private final ReadOnlyObjectWrapper<Subject> subject =
            new ReadOnlyObjectWrapper<>(new Subject.Cluster(FleetState.EMPTY));
    private final ReadOnlyObjectWrapper<Room> room = new ReadOnlyObjectWrapper<>(Room.UNKNOWN);

    public InspectorViewModel(FleetModel model, Actions actions, InstantSource time) {
        this.model = model;
        this.actions = actions;
        this.time = time;
        model.allProperty().subscribe(this::update);
        model.selectionProperty().subscribe(this::update);
    }

    ReadOnlyObjectProperty<Subject> subjectProperty() {
        return subject.getReadOnlyProperty();
    }

    /// How far the selected app can grow.
    ReadOnlyObjectProperty<Room> roomProperty() {
        return room.getReadOnlyProperty();
    }

    Texts texts() {
        return texts;
    }

    Histories histories() {
        return model.histories();
    }

    InstantSource time() {
        return time;
    }

    void select(Selection what) {
        model.select(what);
    }

    void perform(Intent intent) {
        actions.perform(intent).exceptionally(_ -> null);
    }

    /// The number of replicas that was asked for and is on its way; null if none is.
    @Nullable Integer onItsWay(ObjectKey app) {
        return actions.pending().stream()
                .map(p -> p.intent())
                .filter(i -> i instanceof Intent.Scale scale && scale.app().equals(app))
                .map(i -> ((Intent.Scale) i).replicas())
                .reduce((_, last) -> last)
                .orElse(null);
    }

    private void update() {
        var before = subject.get();
        if (successor(before) instanceof Selection.OfApp app) {
            model.select(app);
            return;
        }
        var now = subject(model.allProperty().get(), model.selectionProperty().get());
        if (now instanceof Subject.App(var app, _, _) && !sameSize(before, app)) {
            askForRoom(app);
        }
        subject.set(now);
    }

    /// When the pod that is looked at goes, its app comes in its place, if that is still there.
    private @Nullable Selection successor(Subject before) {
        var state = model.allProperty().get();
        return before instanceof Subject.Pod(var pod, _)
                        && new Selection.OfPod(pod.key()).equals(model.selectionProperty().get())
                        && state.pod(pod.key()).isEmpty()
                        && state.app(pod.app()).isPresent()
                ? new Selection.OfApp(pod.app())
                : null;
    }

    private static boolean sameSize(Subject before, AppState now) {
        return before instanceof Subject.App(var was, _, _)
                && was.key().equals(now.key())
                && was.desired() == now.desired()
                && was.ready() == now.ready();
    }

    /// Asks the scheduler, which answers a little later.
    private void askForRoom(AppState app) {
        if (!room.get().app().equals(app.key())) {
            room.set(new Room(app.key(), Math.max(UNKNOWN_END, 2 * app.desired()), false));
        }
        actions.place(new Placement.Question.OfApp(app.key()))
                .thenAccept(
                        answer ->
                                answer.roomFor()
                                        .ifPresent(
                                                more ->
                                                        room.set(
                                                                new Room(
                                                                        app.key(),
                                                                        app.pods() + more,
                                                                        true))));
    }

    private static Subject subject(FleetState state, Selection selection) {
        return switch (selection) {
            case Selection.Nothing() -> new Subject.Cluster(state);
            case Selection.OfApp(var key) ->
                    state.app(key)
                            .<Subject>map(app -> app(state, app))
                            .orElse(new Subject.Cluster(state));
            case Selection.OfPod(var key) ->
                    state.pod(key)
                            .<Subject>map(
                                    p ->
                                            new Subject.Pod(
                                                    p, events(state, e -> e.about().equals(key))))
                            .orElse(new Subject.Cluster(state));
            case Selection.OfNode(var name) ->
                    state.node(name)
                            .<Subject>map(
                                    n ->
                                            new Subject.Node(
                                                    n,
                                                    state.podsOn(name),
                                                    events(
                                                            state,
                                                            e ->
                                                                    e.node().equals(name)
                                                                            || e.about()
                                                                                    .equals(
                                                                                            ObjectKey
                                                                                                    .of(
                                                                                                            name)))))
                            .orElse(new Subject.Cluster(state));
        };
    }

    private static Subject app(FleetState state, AppState app) {
        var pods = state.podsOf(app.key());
        var names = pods.stream().map(PodState::key).collect(Collectors.toSet());
        var prefix = app.key().name() + "-";
        return new Subject.App(
                app,
                pods,
                events(
                        state,
                        e ->
                                e.about().equals(app.key())
                                        || names.contains(e.about())
                                        || (e.kind().equals("ReplicaSet")
                                                && e.about()
                                                        .namespace()
                                                        .equals(app.key().namespace())
                                                && e.about().name().startsWith(prefix))));
    }

    private static List<EventState> events(FleetState state, Predicate<EventState> which) {
        return state.events().stream().filter(which).limit(50).toList();
    }

    /// How many replicas of an app would find a place.
    ///
    /// @param most replicas in all, those that run among them
    /// @param known whether the scheduler said so; otherwise it is a guess
    record Room(ObjectKey app, int most, boolean known) {
        static final Room UNKNOWN = new Room(ObjectKey.of(""), UNKNOWN_END, false);
    }
}
