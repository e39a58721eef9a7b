package dev.flotilla.ui.inspector;

import dev.flotilla.ui.charts.Series;
import dev.flotilla.ui.state.History;

import java.util.function.IntToDoubleFunction;

/// A history as a chart reads it.
record Points(History history, IntToDoubleFunction value) implements Series {
    static Points cpu(History history) {
        return new Points(history, history::cpuMillis);
    }

    static Points memory(History history) {
        return new Points(history, history::memoryMiB);
    }

    @Override
    public int size() {
        return history.size();
    }

    @Override
    public int capacity() {
        return History.LENGTH;
    }

    @Override
    public double at(int i) {
        return value.applyAsDouble(i);
    }

    /// The last point; 0 if there is none.
    double newest() {
        return size() == 0 ? 0 : at(size() - 1);
    }
}
