package dev.flotilla.ui.charts;

/// Points at even distances, oldest first.
public interface Series {
    /// How many points there are now.
    int size();

    /// How many there can be at most; the chart is as wide as that.
    int capacity();

    /// The point `i`, at least 0.
    double at(int i);
}
