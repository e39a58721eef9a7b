package dev.flotilla.registry.engine;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.stream.Collectors;

/// Values as Go prints them with `%+v`, which some of Kubernetes' messages do.
final class GoText {
    private GoText() {}

    static String of(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT ->
                    value.properties().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(f -> f.getKey() + ":" + of(f.getValue()))
                            .collect(Collectors.joining(" ", "map[", "]"));
            case ARRAY ->
                    value.valueStream().map(GoText::of).collect(Collectors.joining(" ", "[", "]"));
            case NULL, MISSING -> "<nil>";
            case STRING -> value.stringValue();
            case BOOLEAN, NUMBER, BINARY, POJO -> value.toString();
        };
    }
}
