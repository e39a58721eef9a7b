package dev.flotilla.ui.fleet;

import dev.flotilla.ui.fleet.Card.Occupant;
import dev.flotilla.ui.fleet.Card.Subject;
import dev.flotilla.ui.fleet.Card.Tile;
import dev.flotilla.ui.fleet.drag.Ghost;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.PodState;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where everything stands on the map. Pure: a state and a size in, boxes out.
record MapLayout(Level level, double height, List<Card> cards) {
    static final double GAP = 12;
    static final double PAD = 13;
    private static final double HEAD = 76;
    private static final double SLIM_HEAD = 42;
    private static final double APP_HEAD = 40;
    private static final double SLIM_PAD = 9;
    private static final double FOOT = 22;
    private static final double LEAST_WIDTH = 290;
    private static final double SLIM_WIDTH = 172;
    private static final int SLIM_FROM = 13;

    /// Tiles shrink when all would be higher than this many screens.
    private static final double SCREENS = 1.6;

    MapLayout {
        cards = List.copyOf(cards);
    }

    static MapLayout of(
            FleetState state, List<Ghost> ghosts, Grouping by, double width, double viewHeight) {
        var groups = groups(state, ghosts, by);
        for (var level : Level.values()) {
            var layout = place(groups, level, width, viewHeight);
            if (layout.height <= viewHeight * SCREENS || level == Level.DOT) {
                return layout;
            }
        }
        throw new IllegalStateException("unreachable: the last level always fits");
    }

    private static List<Group> groups(FleetState state, List<Ghost> ghosts, Grouping by) {
        var groups = new ArrayList<Group>();
        var waiting = new ArrayList<Occupant>();
        var byKey = new HashMap<Object, List<Occupant>>();
        for (var pod : state.pods()) {
            var occupant = new Occupant.OfPod(pod);
            if (by == Grouping.NODE && pod.node() == null) {
                waiting.add(occupant);
            } else {
                byKey.computeIfAbsent(key(pod, by), _ -> new ArrayList<>()).add(occupant);
            }
        }
        for (var ghost : ghosts) {
            byKey.computeIfAbsent(
                            by == Grouping.NODE ? ghost.node() : ghost.app(),
                            _ -> new ArrayList<>())
                    .add(new Occupant.OfGhost(ghost));
        }
        if (!waiting.isEmpty()) {
            groups.add(new Group(new Subject.Unscheduled(waiting.size()), waiting));
        }
        if (by == Grouping.NODE) {
            nodes(state, byKey, groups);
        } else {
            for (var app : state.apps()) {
                groups.add(new Group(new Subject.OfApp(app), taken(byKey, app.key())));
            }
        }
        return groups;
    }

    private static void nodes(
            FleetState state, Map<Object, List<Occupant>> byKey, List<Group> groups) {
        for (var node : state.nodes()) {
            groups.add(new Group(new Subject.OfNode(node), taken(byKey, node.name())));
        }
        for (var machine : state.machines()) {
            var name = machine.node() == null ? machine.name() : machine.node();
            if (state.node(name).isEmpty()) {
                groups.add(new Group(new Subject.OfMachine(machine), List.of()));
            }
        }
    }

    private static Object key(PodState pod, Grouping by) {
        return by == Grouping.NODE && pod.node() != null ? pod.node() : pod.app();
    }

    private static List<Occupant> taken(Map<Object, List<Occupant>> byKey, Object key) {
        var own = byKey.remove(key);
        return own == null ? List.of() : own;
    }

    private static MapLayout place(
            List<Group> groups, Level level, double width, double viewHeight) {
        var cards = new ArrayList<Card>();
        double y = 0;
        var rest = groups;
        if (!groups.isEmpty() && groups.getFirst().subject() instanceof Subject.Unscheduled) {
            var strip = groups.getFirst();
            double height = APP_HEAD + level.high(strip.tiles().size(), width - 2 * PAD) + PAD;
            cards.add(card(strip, new Box(0, y, width, height), false, level));
            y += height + GAP;
            rest = groups.subList(1, groups.size());
        }
        boolean slim = rest.size() >= SLIM_FROM;
        int columns = columns(rest.size(), width, slim);
        double cardWidth = Math.floor((width - (columns - 1) * GAP) / columns);
        int rows = (rest.size() + columns - 1) / columns;
        double share = rows == 0 ? 0 : Math.floor((viewHeight - y - (rows - 1) * GAP) / rows);
        for (int row = 0; row < rows; row++) {
            var inRow = rest.subList(row * columns, Math.min(rest.size(), (row + 1) * columns));
            double height = slim ? 0 : Math.max(0, share);
            for (var group : inRow) {
                height = Math.max(height, needed(group, level, cardWidth, slim));
            }
            for (int i = 0; i < inRow.size(); i++) {
                var box = new Box(i * (cardWidth + GAP), y, cardWidth, height);
                cards.add(card(inRow.get(i), box, slim, level));
            }
            y += height + GAP;
        }
        return new MapLayout(level, Math.max(0, y - GAP), cards);
    }

    private static int columns(int cards, double width, boolean slim) {
        double least = slim ? SLIM_WIDTH : LEAST_WIDTH;
        int most = Math.max(1, (int) ((width + GAP) / (least + GAP)));
        int wanted = slim ? most : cards <= 1 ? 1 : cards <= 4 ? 2 : 3;
        return Math.min(most, wanted);
    }

    private static double needed(Group group, Level level, double width, boolean slim) {
        double pad = slim ? SLIM_PAD : PAD;
        boolean trouble = !slim && MapText.foot(group.subject()).isPresent();
        return head(group.subject(), slim)
                + level.high(group.tiles().size(), width - 2 * pad)
                + pad
                + (trouble ? FOOT : 0);
    }

    private static double head(Subject subject, boolean slim) {
        return switch (subject) {
            case Subject.OfNode _ -> slim ? SLIM_HEAD : HEAD;
            case Subject.OfMachine _, Subject.OfApp _ -> slim ? SLIM_HEAD : APP_HEAD;
            case Subject.Unscheduled _ -> APP_HEAD;
        };
    }

    private static Card card(Group group, Box box, boolean slim, Level level) {
        double pad = slim ? SLIM_PAD : PAD;
        double left = box.x() + pad;
        double top = box.y() + head(group.subject(), slim);
        int across = level.across(box.width() - 2 * pad);
        var tiles = new ArrayList<Tile>(group.tiles().size());
        for (int i = 0; i < group.tiles().size(); i++) {
            int row = i / across;
            int column = i % across;
            double x = left + column * (level.width() + level.gap());
            double y = top + row * (level.height() + level.gap());
            tiles.add(new Tile(group.tiles().get(i), new Box(x, y, level.width(), level.height())));
        }
        return new Card(group.subject(), box, slim, tiles);
    }

    private record Group(Subject subject, List<Occupant> tiles) {}
}
