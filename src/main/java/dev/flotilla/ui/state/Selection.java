package dev.flotilla.ui.state;

import dev.flotilla.model.ObjectKey;

/// What the person looks at; the inspector shows it.
public sealed interface Selection {

    /// Nothing is selected.
    record Nothing() implements Selection {}

    /// A pod.
    record OfPod(ObjectKey key) implements Selection {}

    /// A workload.
    record OfApp(ObjectKey key) implements Selection {}

    /// A node, or a machine that is not a node yet.
    record OfNode(String name) implements Selection {}

    /// As the settings keep it: `pod web/x`, `app web/x`, `node n`, or empty.
    default String text() {
        return switch (this) {
            case Nothing() -> "";
            case OfPod(var key) -> "pod " + key;
            case OfApp(var key) -> "app " + key;
            case OfNode(var name) -> "node " + name;
        };
    }

    /// Reads [#text]; nothing for what it cannot read.
    static Selection parse(String text) {
        int space = text.indexOf(' ');
        if (space < 0) {
            return new Nothing();
        }
        var rest = text.substring(space + 1);
        int slash = rest.indexOf('/');
        var key =
                new ObjectKey(slash < 0 ? "" : rest.substring(0, slash), rest.substring(slash + 1));
        return switch (text.substring(0, space)) {
            case "pod" -> new OfPod(key);
            case "app" -> new OfApp(key);
            case "node" -> new OfNode(rest);
            case String _ -> new Nothing();
        };
    }
}
