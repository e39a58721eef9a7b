package dev.flotilla.registry.kind;

import dev.flotilla.registry.Problem;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import java.util.ArrayList;
import java.util.List;

/// Gathers everything that is wrong with an object.
public final class Problems {
    private final List<Problem> all = new ArrayList<>();

    public void required(String field, String why) {
        all.add(Problem.required(field, why));
    }

    public void invalid(String field, JsonNode value, String why) {
        all.add(Problem.invalid(field, value.isMissingNode() ? "null" : value, why));
    }

    public void invalid(String field, String value, String why) {
        all.add(Problem.invalid(field, quoted(value), why));
    }

    public void invalid(String field, long value, String why) {
        all.add(Problem.invalid(field, value, why));
    }

    public void forbidden(String field, String why) {
        all.add(Problem.forbidden(field, why));
    }

    public void duplicate(String field, String value) {
        all.add(Problem.duplicate(field, quoted(value)));
    }

    /// @param value as JSON
    public void duplicateValue(String field, Object value) {
        all.add(Problem.duplicate(field, value));
    }

    public void duplicate(String field, long value) {
        all.add(Problem.duplicate(field, value));
    }

    public void unsupported(String field, String value, List<String> supported) {
        all.add(
                Problem.unsupported(
                        field,
                        quoted(value),
                        supported.stream().sorted().map(Problems::quoted).toList()));
    }

    /// As [#unsupported], with the supported values in the order given.
    public void notOneOf(String field, JsonNode value, List<String> supported) {
        all.add(
                Problem.unsupported(
                        field,
                        value.isMissingNode() ? "null" : value,
                        supported.stream().map(Problems::quoted).toList()));
    }

    public void notOneOf(String field, String value, List<String> supported) {
        notOneOf(field, StringNode.valueOf(value), supported);
    }

    /// An error whose value is not told.
    public void wrong(String field, String why) {
        all.add(new Problem("FieldValueInvalid", field, "Invalid value: " + why));
    }

    public void tooMany(String field, int are, int most) {
        all.add(
                new Problem(
                        "FieldValueTooMany",
                        field,
                        "Too many: %d: must have at most %d items".formatted(are, most)));
    }

    public void notFound(String field, String value) {
        all.add(Problem.notFound(field, quoted(value)));
    }

    /// @param why what to choose from
    public void notFound(String field, String value, String why) {
        var problem = Problem.notFound(field, quoted(value));
        all.add(new Problem(problem.reason(), field, problem.message() + ": " + why));
    }

    public void tooLong(String field, int max) {
        all.add(Problem.tooLong(field, max));
    }

    /// Takes over problems that were found elsewhere.
    public void add(Problem problem) {
        all.add(problem);
    }

    private static String quoted(String value) {
        return StringNode.valueOf(value).toString();
    }

    public List<Problem> all() {
        return List.copyOf(all);
    }
}
