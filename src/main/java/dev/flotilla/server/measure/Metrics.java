package dev.flotilla.server.measure;

import java.util.Locale;

/// Writes Prometheus' text format, line by line.
final class Metrics {
    private final StringBuilder text = new StringBuilder();

    void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    void line(String name, String labels, double value) {
        line(name, labels, String.format(Locale.ROOT, "%.9g", value));
    }

    void line(String name, String labels, long value) {
        line(name, labels, Long.toString(value));
    }

    private void line(String name, String labels, String value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(value).append('\n');
    }

    void gauge(String name, String help, long value) {
        head(name, "gauge", help);
        line(name, "", value);
    }

    void gauge(String name, String help, double value) {
        head(name, "gauge", help);
        line(name, "", value);
    }

    void counter(String name, String help, long value) {
        head(name, "counter", help);
        line(name, "", value);
    }

    void counter(String name, String help, double value) {
        head(name, "counter", help);
        line(name, "", value);
    }

    /// @param labels each with its value, by turns
    static String labels(String... labels) {
        var text = new StringBuilder();
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
            text.append(
                    labels[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
            text.append('"');
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
