package dev.flotilla.server.proto;

import dev.flotilla.server.proto.Field.Content;
import dev.flotilla.server.proto.Field.Layout;
import dev.flotilla.server.proto.Field.Many;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How each kind's message is laid out, read from `messages.txt`, which says how to read it.
final class Messages {
    /// Kinds of apimachinery that any group version may carry.
    private static final Set<String> META =
            Set.of("CreateOptions", "DeleteOptions", "PatchOptions", "UpdateOptions", "Status");

    private final Map<String, Layout> layouts = new HashMap<>();

    Messages() {
        var place = "";
        for (var line : lines()) {
            if (line.startsWith("= ")) {
                place = line.substring(2);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                var layout = layout(place, line.split(" "));
                layouts.put(layout.name(), layout);
            }
        }
    }

    /// The message of a kind.
    Optional<Layout> of(String apiVersion, String kind) {
        var place = META.contains(kind) ? "meta" : apiVersion;
        return Optional.ofNullable(layouts.get(place + "." + kind))
                .filter(l -> META.contains(kind) || hasMetadata(l));
    }

    private static boolean hasMetadata(Layout layout) {
        var first = layout.fields().get(1);
        return first != null && first.name().equals("metadata");
    }

    /// @param name with its place, as fields name it
    Layout named(String name) {
        var layout = layouts.get(name);
        if (layout == null) {
            throw new IllegalStateException("messages.txt has no message " + name);
        }
        return layout;
    }

    private static Layout layout(String place, String[] words) {
        var fields = new HashMap<Integer, Field>();
        for (var word : List.of(words).subList(1, words.length)) {
            var equals = word.indexOf('=');
            var colon = word.indexOf(':', equals);
            var embedded = word.startsWith("^");
            fields.put(
                    Integer.valueOf(word.substring(equals + 1, colon)),
                    field(
                            word.substring(embedded ? 1 : 0, equals),
                            word.substring(colon + 1),
                            embedded,
                            place));
        }
        return new Layout(place + "." + words[0], Map.copyOf(fields));
    }

    private static Field field(String name, String said, boolean embedded, String place) {
        var speaks = said.endsWith("?") || said.endsWith("!");
        var text = speaks ? said.substring(0, said.length() - 1) : said;
        var many =
                switch (text.charAt(0)) {
                    case '[' -> Many.LIST;
                    case '{' -> Many.MAP;
                    default -> Many.ONE;
                };
        var one = many == Many.ONE ? text : text.substring(1, text.length() - 1);
        return new Field(name, type(one, place), many, speaks || many != Many.ONE, embedded);
    }

    private static Content type(String text, String place) {
        return switch (text) {
            case "s" -> new Content.Text();
            case "b" -> new Content.Bool();
            case "i" -> new Content.Whole();
            case "d" -> new Content.Real();
            case "y" -> new Content.Bytes();
            default -> new Content.Nested(text.contains(".") ? text : place + "." + text);
        };
    }

    private static List<String> lines() {
        try (var in = Messages.class.getResourceAsStream("messages.txt")) {
            if (in == null) {
                throw new IllegalStateException("messages.txt is not beside its class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read messages.txt", e);
        }
    }
}
