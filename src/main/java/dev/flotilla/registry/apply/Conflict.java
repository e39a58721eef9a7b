package dev.flotilla.registry.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// Others own fields that were to get another value.
public final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SortedMap<Manager, FieldSet> taken;

    /// @param path such as `.spec.replicas`
    public record Cause(String message, String path) {}

    /// @param taken what of each owner's
    Conflict(SortedMap<Manager, FieldSet> taken) {
        super(message(taken), null, false, false);
        this.taken = taken;
    }

    SortedMap<Manager, FieldSet> taken() {
        return taken;
    }

    /// One for each field and owner.
    public List<Cause> causes() {
        var causes = new ArrayList<Cause>();
        taken.forEach(
                (manager, fields) -> {
                    var message = "conflict with " + manager.text();
                    fields.paths().forEach(p -> causes.add(new Cause(message, p)));
                });
        return causes;
    }

    private static String message(SortedMap<Manager, FieldSet> taken) {
        int count = taken.values().stream().mapToInt(f -> f.paths().size()).sum();
        if (count == 1) {
            return "Apply failed with 1 conflict: conflict with %s: %s"
                    .formatted(
                            taken.firstKey().text(),
                            taken.firstEntry().getValue().paths().getFirst());
        }
        var lines = new ArrayList<String>();
        taken.forEach(
                (manager, fields) -> {
                    lines.add("conflicts with " + manager.text() + ":");
                    fields.paths().forEach(p -> lines.add("- " + p));
                });
        return "Apply failed with %d conflicts: %s".formatted(count, String.join("\n", lines));
    }
}
