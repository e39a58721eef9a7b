package dev.flotilla.ui.state;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The newest [FleetState] and what the person chose, observable. Belongs to the FX thread; at most
/// ten new states a second come in.
public final class FleetModel {
    private final ReadOnlyObjectWrapper<FleetState> all =
            new ReadOnlyObjectWrapper<>(FleetState.EMPTY);
    private final ReadOnlyObjectWrapper<FleetState> state =
            new ReadOnlyObjectWrapper<>(FleetState.EMPTY);
    private final ReadOnlyObjectWrapper<Link> link =
            new ReadOnlyObjectWrapper<>(new Link.Connecting());
    private final StringProperty namespace = new SimpleStringProperty("");
    private final StringProperty cluster = new SimpleStringProperty("");
    private final StringProperty master = new SimpleStringProperty("");
    private final ObjectProperty<Selection> selection =
            new SimpleObjectProperty<>(new Selection.Nothing());
    private final Histories histories = new Histories();

    public FleetModel() {
        namespace.addListener((_, _, now) -> state.set(all.get().in(now)));
    }

    /// Shows a newer state.
    public void accept(FleetState newest) {
        histories.take(newest);
        all.set(newest);
        state.set(newest.in(namespace.get()));
    }

    /// What is true of the connection now.
    public void accept(Link now) {
        link.set(now);
    }

    /// What to show: of the chosen namespace.
    public ReadOnlyObjectProperty<FleetState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public FleetState state() {
        return state.get();
    }

    /// Every namespace's.
    public ReadOnlyObjectProperty<FleetState> allProperty() {
        return all.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Link> linkProperty() {
        return link.getReadOnlyProperty();
    }

    /// The chosen namespace, empty for all.
    public StringProperty namespaceProperty() {
        return namespace;
    }

    /// The cluster's name.
    public StringProperty clusterProperty() {
        return cluster;
    }

    /// Who is master, for a person.
    public StringProperty masterProperty() {
        return master;
    }

    public ObjectProperty<Selection> selectionProperty() {
        return selection;
    }

    public void select(Selection what) {
        selection.set(what);
    }

    public Histories histories() {
        return histories;
    }
}
