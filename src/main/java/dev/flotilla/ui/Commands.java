package dev.flotilla.ui;

import dev.flotilla.ui.fleet.WaysIn;
import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.palette.Entry;
import dev.flotilla.ui.state.Actions;
import dev.flotilla.ui.theme.Theme;

import java.util.ArrayList;
import java.util.List;

/// The commands of the palette.
final class Commands {
    private Commands() {}

    static List<Entry> all(
            Texts texts, Actions actions, WaysIn ways, Theme theme, Runnable deploy) {
        var all = new ArrayList<Entry>();
        all.add(command(texts, "deploy", "fth-upload", deploy));
        ways.all().forEach(way -> all.add(command(texts, way.id(), way.icon(), way.go())));
        all.add(command(texts, "undo", "fth-corner-up-left", actions::undo));
        for (var choice : Theme.Choice.values()) {
            all.add(
                    command(
                            texts,
                            "theme." + choice,
                            "fth-moon",
                            () -> theme.choiceProperty().set(choice)));
        }
        return all;
    }

    private static Entry command(Texts texts, String key, String icon, Runnable go) {
        return new Entry(texts.get("command." + key), texts.get("command"), icon, go);
    }
}
