package dev.flotilla.ui.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.Fleets;
import dev.flotilla.ui.fleet.Card.Occupant;
import dev.flotilla.ui.fleet.Card.Subject;
import dev.flotilla.ui.fleet.drag.Ghost;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.Selection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class MapLayoutTest {
    @ParameterizedTest
    @CsvSource({
        "1, 3, 940, 560, FULL",
        "4, 17, 940, 560, FULL",
        "5, 30, 1300, 720, FULL",
        "10, 300, 1300, 720, NAME",
        "100, 10000, 1300, 720, DOT"
    })
    void tilesShrinkAsPodsBecomeMany(int nodes, int pods, double w, double h, Level level) {
        assertThat(layout(Fleets.large(nodes, pods), w, h).level()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 940", "5, 30, 560", "10, 300, 940", "100, 10000, 1300", "20, 40, 200"})
    void nothingOverlapsAndNothingSticksOut(int nodes, int pods, double width) {
        var layout = layout(Fleets.large(nodes, pods), width, 600);
        var cards = layout.cards();
        for (var card : cards) {
            assertThat(card.box().x() + card.box().width()).isLessThanOrEqualTo(width + 0.01);
            assertThat(card.box().y() + card.box().height())
                    .isLessThanOrEqualTo(layout.height() + 0.01);
            for (var tile : card.tiles()) {
                assertThat(card.box().holds(tile.box().x(), tile.box().y())).isTrue();
                assertThat(tile.box().y() + tile.box().height())
                        .isLessThan(card.box().y() + card.box().height());
            }
        }
        for (int i = 0; i < cards.size(); i++) {
            for (int j = i + 1; j < cards.size(); j++) {
                assertThat(overlap(cards.get(i).box(), cards.get(j).box())).isFalse();
            }
        }
        assertThat(cards.stream().mapToInt(c -> c.tiles().size()).sum()).isEqualTo(pods);
    }

    @Test
    void podsWithoutANodeStandInAStripAbove() {
        var layout = layout(Fleets.trouble(), 940, 560);
        assertThat(layout.cards().getFirst().subject()).isEqualTo(new Subject.Unscheduled(2));
        assertThat(layout.cards().getFirst().box().width()).isEqualTo(940);
    }

    @Test
    void aFewCardsFillTheView() {
        var last = layout(Fleets.picture(), 940, 560).cards().getLast().box();
        assertThat(last.y() + last.height()).isBetween(558.0, 560.0);
    }

    @Test
    void aGhostStandsBehindThePodsOfItsNode() {
        var ghost = new Ghost(new ObjectKey("shop", "web"), "pico-4");
        var layout = MapLayout.of(Fleets.picture(), List.of(ghost), Grouping.NODE, 940, 560);
        assertThat(layout.cards().getLast().tiles().getLast().occupant())
                .isEqualTo(new Occupant.OfGhost(ghost));
    }

    @Test
    void groupsByAppToo() {
        var layout = MapLayout.of(Fleets.picture(), List.of(), Grouping.APP, 940, 560);
        assertThat(layout.cards()).hasSize(5);
        assertThat(layout.cards().stream().mapToInt(c -> c.tiles().size()).sum()).isEqualTo(17);
    }

    @Test
    void whatIsHitIsWhatIsThere() {
        var layout = layout(Fleets.picture(), 940, 560);
        for (var card : layout.cards()) {
            for (var tile : card.tiles()) {
                var pod = ((Occupant.OfPod) tile.occupant()).pod();
                assertThat(Hit.at(layout, tile.box().centreX(), tile.box().centreY()))
                        .isEqualTo(new Hit.OnPod(pod, card.subject()));
            }
        }
        assertThat(Hit.at(layout, -1, -1)).isEqualTo(new Hit.Empty());
    }

    @Test
    void arrowsGoToTheNearestPodThatWay() {
        var layout = layout(Fleets.picture(), 1100, 560);
        var first = new Selection.OfPod(new ObjectKey("shop", "web-7c9f-a1"));
        var right = MapSteps.next(layout, first, MapSteps.Arrow.RIGHT).orElseThrow().what();
        assertThat(right).isEqualTo(new Selection.OfPod(new ObjectKey("shop", "web-7c9f-k2")));
        var down = MapSteps.next(layout, first, MapSteps.Arrow.DOWN).orElseThrow().what();
        assertThat(down).isEqualTo(new Selection.OfPod(new ObjectKey("shop", "web-7c9f-z3")));
        var node = new Selection.OfNode("pico-1");
        assertThat(MapSteps.next(layout, node, MapSteps.Arrow.RIGHT).orElseThrow().what())
                .isEqualTo(new Selection.OfNode("pico-2"));
    }

    @Test
    void anArrowWithNothingThatWayStays() {
        var layout = layout(Fleets.picture(), 940, 560);
        var first = new Selection.OfPod(new ObjectKey("shop", "web-7c9f-a1"));
        assertThat(MapSteps.next(layout, first, MapSteps.Arrow.LEFT).orElseThrow().what())
                .isEqualTo(first);
    }

    private static MapLayout layout(FleetState state, double width, double height) {
        return MapLayout.of(state, List.of(), Grouping.NODE, width, height);
    }

    private static boolean overlap(Box a, Box b) {
        return a.x() < b.x() + b.width()
                && b.x() < a.x() + a.width()
                && a.y() < b.y() + b.height()
                && b.y() < a.y() + a.height();
    }
}
