package dev.flotilla.ui.fleet;

import dev.flotilla.ui.fleet.Card.Subject;
import dev.flotilla.ui.kit.Amounts;
import dev.flotilla.ui.state.AppState;
import dev.flotilla.ui.state.Histories;
import dev.flotilla.ui.state.MachineState;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.NodeState.Ready;

import javafx.scene.paint.Color;

import java.util.Optional;

/// Paints a card: its frame, its head with load, what is wrong at its foot.
final class CardPainter {
    private static final double ARC = 16;
    private static final double WARN = 0.7;
    private static final double CRITICAL = 0.9;
    private static final double DOT = 8;
    private static final double SPARK_FROM = 360;

    private final Pen pen;
    private final CardWords words;
    private final Sparkline sparkline;

    CardPainter(Pen pen, CardWords words) {
        this.pen = pen;
        this.words = words;
        this.sparkline = new Sparkline(pen);
    }

    void paint(Card card, Histories histories, boolean selected, boolean target) {
        var box = card.box();
        switch (card.subject()) {
            case Subject.OfNode(var node) -> {
                frame(box, node.ready() == Ready.READY ? "line" : "failed", node.ready());
                if (card.slim()) {
                    slim(node, box);
                } else {
                    node(node, box, histories);
                }
            }
            case Subject.OfMachine(var machine) -> machine(machine, box, card.slim());
            case Subject.OfApp(var app) -> app(app, box);
            case Subject.Unscheduled(var pods) -> {
                pen.outline(box, ARC, pen.colour("starting"), 1, 5, 4);
                head(
                        box,
                        words.unscheduled(),
                        String.valueOf(pods),
                        "Pending",
                        pen.colour("starting"));
            }
        }
        if (!card.slim()) {
            MapText.foot(card.subject()).ifPresent(text -> foot(text, card));
        }
        if (selected || target) {
            pen.outline(box, ARC, pen.colour("accent"), 2);
        }
    }

    private void frame(Box box, String line, Ready ready) {
        pen.fill(box, ARC, pen.colour("card"));
        if (ready != Ready.READY) {
            pen.fill(box, ARC, pen.colour("page"));
            pen.alarm(box, ARC);
        }
        pen.outline(box, ARC, pen.colour(line), 1);
    }

    private void node(NodeState node, Box box, Histories histories) {
        head(box, node.name(), node.address(), MapText.status(node), colour(node));
        double left = box.x() + MapLayout.PAD;
        double room = box.width() - 2 * MapLayout.PAD;
        boolean spark = box.width() >= SPARK_FROM;
        double sparkWidth = spark ? room * 0.265 : 0;
        double each = (room - sparkWidth - (spark ? 24 : 12)) / 2;
        load(left, box.y() + 53, each, words.cpu(), node.cpuShare(), pen.colour("cpu"));
        load(
                left + each + 12,
                box.y() + 53,
                each,
                words.memory(),
                node.memoryShare(),
                pen.colour("memory"));
        if (spark) {
            sparkline.cpu(
                    histories.node(node.name()),
                    (double) node.allocatable().cpuMillis(),
                    new Box(left + room - sparkWidth, box.y() + 36, sparkWidth, 28),
                    pen.colour("cpu"));
        }
    }

    private void slim(NodeState node, Box box) {
        double left = box.x() + 9;
        double room = box.width() - 18;
        dot(left + DOT / 2, box.y() + 16, colour(node));
        double name = room - DOT - 6;
        var color = node.ready() == Ready.READY ? pen.colour("text") : pen.colour("failed");
        pen.text(
                pen.fit(node.name(), name, pen.strong),
                left + DOT + 6,
                box.y() + 20,
                pen.strong,
                color);
        double each = (room - 6) / 2;
        pen.bar(
                new Box(left, box.y() + 29, each, 4),
                node.cpuShare(),
                warned(node.cpuShare(), "cpu"));
        pen.bar(
                new Box(left + each + 6, box.y() + 29, each, 4),
                node.memoryShare(),
                warned(node.memoryShare(), "memory"));
    }

    private void machine(MachineState machine, Box box, boolean slim) {
        boolean failed = MapText.failed(machine);
        pen.outline(box, ARC, pen.colour(failed ? "failed" : "starting"), 1, 5, 4);
        head(
                box,
                machine.name(),
                slim ? "" : machine.host(),
                slim ? "" : machine.phase(),
                pen.colour(failed ? "failed" : "starting"));
    }

    private void app(AppState app, Box box) {
        pen.fill(box, ARC, pen.colour("card"));
        pen.outline(box, ARC, pen.colour("line"), 1);
        var ready = app.ready() + "/" + app.desired();
        head(
                box,
                app.key().name(),
                app.kind() + " · " + app.key().namespace(),
                ready,
                pen.colour(app.available() ? "ready" : "starting"));
        pen.fill(
                new Box(box.x() + MapLayout.PAD, box.y() + 16, 10, 10),
                4,
                pen.hue(app.key().name()));
    }

    private void head(Box box, String name, String note, String status, Color colour) {
        double left = box.x() + MapLayout.PAD;
        double right = box.x() + box.width() - MapLayout.PAD;
        dot(left + DOT / 2, box.y() + 21, colour);
        double statusWidth = status.isEmpty() ? 0 : pen.width(status, pen.strong);
        pen.textRight(status, right, box.y() + 25, pen.strong, colour);
        double x = left + DOT + 9;
        double room = right - statusWidth - 10 - x;
        var shown = pen.fit(name, room, pen.name);
        pen.text(shown, x, box.y() + 26, pen.name, pen.colour("text"));
        double used = pen.width(shown, pen.name) + 8;
        var cut = pen.fit(note, room - used, pen.address);
        if (!cut.isEmpty()) {
            pen.text(cut, x + used, box.y() + 25, pen.address, pen.colour("muted"));
        }
    }

    private void load(
            double x, double baseline, double width, String label, double share, Color colour) {
        pen.text(label, x, baseline, pen.plain, pen.colour("muted"));
        pen.textRight(
                Amounts.percent(share), x + width, baseline, pen.strong, warned(share, "text"));
        var bar = new Box(x, baseline + 7, width, 6);
        pen.bar(bar, share, share < WARN ? colour : warned(share, "cpu"));
    }

    private void foot(String text, Card card) {
        var box = card.box();
        boolean bad =
                switch (card.subject()) {
                    case Subject.OfMachine(var machine) -> MapText.failed(machine);
                    case Subject.OfNode _, Subject.OfApp _ -> true;
                    case Subject.Unscheduled _ -> false;
                };
        pen.text(
                pen.fit(text, box.width() - 2 * MapLayout.PAD, pen.plain),
                box.x() + MapLayout.PAD,
                box.y() + box.height() - 13,
                pen.plain,
                pen.colour(bad ? "failed" : "starting"));
    }

    private Color warned(double share, String otherwise) {
        return pen.colour(share >= CRITICAL ? "failed" : share >= WARN ? "starting" : otherwise);
    }

    private Color colour(NodeState node) {
        if (node.ready() != Ready.READY) {
            return pen.colour("failed");
        }
        return pen.colour(node.cordoned() ? "starting" : "ready");
    }

    private void dot(double x, double y, Color colour) {
        pen.gc.setFill(colour);
        pen.gc.fillOval(x - DOT / 2, y - DOT / 2, DOT, DOT);
    }

    /// The fixed words on a card.
    record CardWords(String cpu, String memory, String unscheduled) {}

    /// The subject a refusal is about, if it is a node.
    static Optional<NodeState> node(Card card) {
        return card.subject() instanceof Subject.OfNode(var node)
                ? Optional.of(node)
                : Optional.empty();
    }
}
