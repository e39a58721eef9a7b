package dev.flotilla;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The map of the house in README.md is exact: no arrow is missing from it, none is left over, and
/// each points up. Libraries stay in the one room that may use them.
class ArrowsTest {
    private static final Pattern LINE =
            Pattern.compile("^([a-z]+) +->((?: [a-z]+)*)$", Pattern.MULTILINE);

    private static final Map<String, String> HOMES =
            Map.of(
                    "java.sql", "store",
                    "org.h2", "store",
                    "org.eclipse.jetty", "server",
                    "net.schmizz", "remote",
                    "com.hierynomus", "remote",
                    "com.github.dockerjava", "remote",
                    "javafx", "ui",
                    "picocli", "app");

    private final Iterable<JavaClass> classes =
            new ClassFileImporter(Set.of(new ImportOption.DoNotIncludeTests()))
                    .importPackages("dev.flotilla");

    @Test
    void theMapInTheReadmeIsTheCode() throws IOException {
        var arrows = new TreeMap<String, Set<String>>();
        for (var from : classes) {
            var targets = arrows.computeIfAbsent(room(from), _ -> new TreeSet<>());
            from.getDirectDependenciesFromSelf().stream()
                    .map(d -> d.getTargetClass())
                    .filter(to -> to.getPackageName().startsWith("dev.flotilla."))
                    .filter(to -> !room(to).equals(room(from)))
                    .forEach(to -> targets.add(room(to)));
        }
        assertThat(arrows).isEqualTo(map());
    }

    @Test
    void everyArrowPointsUp() throws IOException {
        var above = new ArrayList<String>();
        for (var line : lines()) {
            assertThat(above).as("rooms above " + line.room()).containsAll(line.uses());
            above.add(line.room());
        }
    }

    @Test
    void librariesStayInTheirRoom() {
        var strays = new TreeSet<String>();
        for (var from : classes) {
            for (var dependency : from.getDirectDependenciesFromSelf()) {
                var to = dependency.getTargetClass().getPackageName();
                HOMES.forEach(
                        (library, home) -> {
                            if ((to + ".").startsWith(library + ".") && !room(from).equals(home)) {
                                strays.add(from.getName() + " uses " + to);
                            }
                        });
            }
        }
        assertThat(strays).isEmpty();
    }

    private static Map<String, Set<String>> map() throws IOException {
        var map = new TreeMap<String, Set<String>>();
        lines().forEach(line -> map.put(line.room(), new TreeSet<>(line.uses())));
        return map;
    }

    private static List<Line> lines() throws IOException {
        return LINE.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(m -> new Line(m.group(1), List.of(m.group(2).strip().split(" "))))
                .map(l -> l.uses().equals(List.of("")) ? new Line(l.room(), List.of()) : l)
                .toList();
    }

    private static String room(JavaClass c) {
        return c.getPackageName().replaceFirst("^dev\\.flotilla\\.([a-z]+).*", "$1");
    }

    private record Line(String room, List<String> uses) {}
}
