package dev.flotilla.ui.fleet;

/// A rectangle of the map, in its own coordinates: y grows downwards and begins at the top of all
/// there is, not of what is scrolled into view.
record Box(double x, double y, double width, double height) {
    boolean holds(double px, double py) {
        return px >= x && px < x + width && py >= y && py < y + height;
    }

    boolean meets(double top, double bottom) {
        return y < bottom && y + height > top;
    }

    double centreX() {
        return x + width / 2;
    }

    double centreY() {
        return y + height / 2;
    }
}
