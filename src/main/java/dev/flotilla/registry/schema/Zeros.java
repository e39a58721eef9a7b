package dev.flotilla.registry.schema;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The fields that Kubernetes leaves out where their value is none, out of the table `zeros.txt`
/// beside this class, which also says which they are.
final class Zeros {
    private static final Map<String, Set<String>> TABLE = parse();

    private final Map<Class<?>, Set<String>> known = new ConcurrentHashMap<>();

    /// Whether Kubernetes would not write this field. Looks the field up only where its value could
    /// make it so.
    boolean drops(Class<?> model, String field, JsonNode value) {
        return isZero(value)
                && known.computeIfAbsent(model, m -> of(ComponentNames.inFacts(m))).contains(field);
    }

    static Set<String> of(String type) {
        return TABLE.getOrDefault(type, Set.of());
    }

    static Map<String, Set<String>> table() {
        return TABLE;
    }

    private static boolean isZero(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> value.isIntegralNumber() && value.asLong(1) == 0;
            case STRING -> value.stringValue().isEmpty();
            case ARRAY, OBJECT -> value.isEmpty();
            default -> false;
        };
    }

    private static Map<String, Set<String>> parse() {
        return text().lines()
                .filter(l -> !l.startsWith("#"))
                .map(l -> Arrays.asList(l.split(" ")))
                .collect(Collectors.toUnmodifiableMap(List::getFirst, Zeros::fields));
    }

    private static Set<String> fields(List<String> words) {
        return Set.copyOf(words.subList(1, words.size()));
    }

    private static String text() {
        try (var in = Zeros.class.getResourceAsStream("zeros.txt")) {
            if (in == null) {
                throw new IllegalStateException("zeros.txt is missing beside " + Zeros.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("zeros.txt could not be read", e);
        }
    }
}
