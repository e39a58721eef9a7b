package dev.flotilla.ui.fleet;

/// How much of a pod is shown: tiles shrink as pods become many.
///
/// `FULL` has name, id and load; `NAME` has name and load; `MARK` has colour and shape of its
/// state; `DOT` only colour.
enum Level {
    FULL(70, 50, 6),
    NAME(46, 24, 4),
    MARK(14, 14, 3),
    DOT(7, 7, 2);

    private final double width;
    private final double height;
    private final double gap;

    Level(double width, double height, double gap) {
        this.width = width;
        this.height = height;
        this.gap = gap;
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    double gap() {
        return gap;
    }

    /// How many tiles stand side by side.
    int across(double room) {
        return Math.max(1, (int) ((room + gap) / (width + gap)));
    }

    /// How high that many tiles are.
    double high(int tiles, double room) {
        int rows = (tiles + across(room) - 1) / across(room);
        return rows == 0 ? 0 : rows * (height + gap) - gap;
    }
}
