package dev.flotilla.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/// Runs the `main` of every class here whose name ends in `Bench`, or of the one that is named:
/// `mvn -Pbench verify`, or `mvn -Pbench verify -Dbench=StoreBench`; a part of one is named after a
/// colon, such as `ApiBench:watches`.
final class Benches {
    private Benches() {}

    public static void main(String[] args) throws Exception {
        int colon = args[0].indexOf(':');
        var wanted = colon < 0 ? args[0] : args[0].substring(0, colon);
        var parts = colon < 0 ? new String[0] : new String[] {args[0].substring(colon + 1)};
        var folder = Path.of(Benches.class.getResource("").toURI());
        try (var files = Files.list(folder)) {
            var found =
                    files.map(f -> f.getFileName().toString().replace(".class", ""))
                            .filter(f -> f.endsWith("Bench"))
                            .filter(f -> wanted.equals("all") || f.equals(wanted))
                            .sorted()
                            .toList();
            for (var name : found) {
                System.out.println("== " + name);
                Class.forName(Benches.class.getPackageName() + "." + name)
                        .getMethod("main", String[].class)
                        .invoke(null, (Object) parts);
            }
        }
    }
}
