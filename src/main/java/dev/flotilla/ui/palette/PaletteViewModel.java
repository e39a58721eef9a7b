package dev.flotilla.ui.palette;

import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.FleetModel;
import dev.flotilla.ui.state.Selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds objects and commands. Knows no control.
public final class PaletteViewModel {
    private static final int MOST = 12;

    private final FleetModel model;
    private final List<Entry> commands;
    private final Texts texts = Texts.near(PaletteViewModel.class);

    /// @param commands in the order to show them when nothing is typed
    public PaletteViewModel(FleetModel model, List<Entry> commands) {
        this.model = model;
        this.commands = List.copyOf(commands);
    }

    /// What answers to `typed`, best first; the commands when nothing is typed.
    List<Entry> find(String typed) {
        if (typed.isBlank()) {
            return commands.stream().limit(MOST).toList();
        }
        return everything().stream()
                .map(entry -> new Scored(entry, Match.score(typed, entry.title())))
                .filter(s -> s.score() > Match.NONE)
                .sorted(Comparator.comparingInt(Scored::score).reversed())
                .limit(MOST)
                .map(Scored::entry)
                .toList();
    }

    Texts texts() {
        return texts;
    }

    private List<Entry> everything() {
        var all = new ArrayList<Entry>();
        var state = model.state();
        for (var app : state.apps()) {
            var what = new Selection.OfApp(app.key());
            all.add(entry(app.key().name(), app.kind(), app.key().namespace(), "fth-layers", what));
        }
        for (var node : state.nodes()) {
            var what = new Selection.OfNode(node.name());
            all.add(entry(node.name(), "Node", node.address(), "fth-server", what));
        }
        all.addAll(commands);
        for (var pod : state.pods()) {
            var what = new Selection.OfPod(pod.key());
            all.add(entry(pod.key().name(), "Pod", pod.key().namespace(), "fth-box", what));
        }
        return all;
    }

    private Entry entry(String title, String kind, String where, String icon, Selection what) {
        var detail = where.isEmpty() ? kind : kind + " · " + where;
        return new Entry(title, detail, icon, () -> model.select(what));
    }

    private record Scored(Entry entry, int score) {}
}
