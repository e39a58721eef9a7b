package dev.flotilla.registry.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The facts about types and fields that the typed model does not hold, out of the table
/// `facts.txt` beside this class, which also says how it is written.
final class Facts {
    private static final Map<String, TypeFacts> ALL = parse(text());

    private Facts() {}

    static TypeFacts of(Class<?> model) {
        return ALL.getOrDefault(ComponentNames.inFacts(model), TypeFacts.NONE);
    }

    static FieldFacts of(Class<?> model, String field) {
        return of(model).field(field);
    }

    private static Map<String, TypeFacts> parse(String text) {
        var types = new HashMap<String, TypeFacts>();
        var fields = new HashMap<String, FieldFacts>();
        for (var line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
            var words = Arrays.asList(line.strip().split(" +"));
            var rest = words.subList(1, words.size());
            if (line.startsWith(" ")) {
                fields.put(words.getFirst(), FieldFacts.of(rest));
            } else {
                fields = new HashMap<>();
                types.put(
                        words.getFirst(),
                        new TypeFacts(
                                rest.contains("atomic"),
                                listed(rest, "required=", ","),
                                listed(rest, "union=", ":"),
                                fields));
            }
        }
        return Map.copyOf(types);
    }

    private static List<String> listed(List<String> words, String mark, String between) {
        return words.stream()
                .filter(w -> w.startsWith(mark))
                .flatMap(w -> Arrays.stream(w.substring(mark.length()).split(between)))
                .toList();
    }

    private static String text() {
        try (var in = Facts.class.getResourceAsStream("facts.txt")) {
            if (in == null) {
                throw new IllegalStateException("facts.txt is missing beside " + Facts.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("facts.txt could not be read", e);
        }
    }
}
