package dev.flotilla.ui.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.Fleets;
import dev.flotilla.ui.state.FleetModel;
import dev.flotilla.ui.state.Selection;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class PaletteViewModelTest {
    private final FleetModel model = new FleetModel();
    private final List<String> ran = new ArrayList<>();
    private final PaletteViewModel palette =
            new PaletteViewModel(
                    model,
                    List.of(
                            new Entry("Dark theme", "", "fth-moon", () -> ran.add("dark")),
                            new Entry(
                                    "Undo",
                                    "Ctrl Z",
                                    "fth-corner-up-left",
                                    () -> ran.add("undo"))));

    @BeforeEach
    void fleet() {
        model.accept(Fleets.picture());
    }

    @Test
    void theAppComesBeforeItsPods() {
        var found = palette.find("web");
        assertThat(found.getFirst().title()).isEqualTo("web");
        assertThat(found).hasSize(7);
        found.getFirst().go().run();
        assertThat(model.selectionProperty().get())
                .isEqualTo(new Selection.OfApp(new ObjectKey("shop", "web")));
    }

    @Test
    void findsNodesAndCommandsByWordsOrScatteredLetters() {
        assertThat(titles("pico-3")).containsExactly("pico-3");
        assertThat(titles("theme")).containsExactly("Dark theme");
        assertThat(titles("drk")).containsExactly("Dark theme");
        assertThat(titles("no such thing")).isEmpty();
    }

    @Test
    void nothingTypedShowsTheCommands() {
        assertThat(titles(" ")).containsExactly("Dark theme", "Undo");
    }

    private List<String> titles(String typed) {
        return palette.find(typed).stream().map(Entry::title).toList();
    }
}
