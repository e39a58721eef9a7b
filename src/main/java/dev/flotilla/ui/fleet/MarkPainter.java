package dev.flotilla.ui.fleet;

import dev.flotilla.ui.fleet.drag.DropWords;

import java.util.List;

/// Paints on a card what a drop there would come to.
record MarkPainter(Pen pen) {
    private static final double ARC = 16;
    private static final double LINE = 17;
    private static final double SIDE = 10;
    private static final double AWAY = 8;
    private static final int MOST_LINES = 4;

    void mark(Card card, DropWords.Mark mark) {
        switch (mark) {
            case DropWords.Mark.Refused(var why) -> refuse(card, why);
            case DropWords.Mark.Offered(var line, var brief, var best) ->
                    offer(card.box(), card.slim() ? brief : line, best);
        }
    }

    /// Greys a card out and says why nothing can land there, a line a reason.
    private void refuse(Card card, String why) {
        var box = card.box();
        pen.fill(box, ARC, Pen.faint(pen.colour("page"), 0.66));
        var font = pen.strong;
        var lines = List.of(why.split("; ", -1));
        int most = card.slim() ? 1 : MOST_LINES;
        double y = box.centreY() + 4 - (Math.min(lines.size(), most) - 1) * LINE / 2;
        for (var line : lines.subList(0, Math.min(lines.size(), most))) {
            var text = pen.fit(line, box.width() - 24, font);
            pen.text(text, box.centreX() - pen.width(text, font) / 2, y, font, pen.colour("text"));
            y += LINE;
        }
    }

    /// How well the node would do, in the lower right corner.
    private void offer(Box box, String line, boolean best) {
        var colour = pen.colour(best ? "ready" : "muted");
        var text = pen.fit(line, box.width() - 2 * SIDE - 12, pen.strong);
        double width = pen.width(text, pen.strong) + 2 * SIDE;
        var badge =
                new Box(
                        box.x() + box.width() - width - AWAY,
                        box.y() + box.height() - LINE - 4 - AWAY,
                        width,
                        LINE + 4);
        pen.fill(badge, ARC, pen.colour("raised"));
        pen.outline(badge, ARC, colour, 1);
        pen.text(text, badge.x() + SIDE, badge.y() + 15, pen.strong, colour);
    }
}
