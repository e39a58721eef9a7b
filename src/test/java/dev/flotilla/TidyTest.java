package dev.flotilla;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What linters miss.
class TidyTest {
    private static final Path MAIN = Path.of("src/main/java/dev/flotilla");

    @Test
    void theTopLevelIsFixed() throws IOException {
        try (var top = Files.list(Path.of(""))) {
            assertThat(
                            top.map(Path::toString)
                                    .filter(n -> !n.startsWith(".") && !n.equals("target")))
                    .containsExactlyInAnyOrder(
                            "pom.xml", "README.md", "LICENSE", "src", "fxml", "installers");
        }
    }

    @Test
    void onlyAppTouchesTheSystemsClockAndRandomness() throws IOException {
        assertThat(
                        linesOf(
                                MAIN,
                                f -> !f.startsWith(MAIN.resolve("app")),
                                "Instant\\.now\\(\\)|System\\.currentTimeMillis|Clock\\.system"
                                        + "|InstantSource\\.system|new Random\\(|Math\\.random"
                                        + "|ThreadLocalRandom|LocalDateTime\\.now"))
                .isEmpty();
    }

    @Test
    void nothingIsLeftOver() throws IOException {
        assertThat(linesOf(Path.of("src"), f -> !f.endsWith("TidyTest.java"), "TODO|FIXME|XXX"))
                .isEmpty();
        assertThat(linesOf(MAIN, _ -> true, "Thread\\.sleep|printStackTrace")).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItOwns() throws IOException {
        try (var files = Files.walk(MAIN)) {
            assertThat(
                            files.filter(Files::isDirectory)
                                    .filter(TidyTest::hasSources)
                                    .filter(d -> !Files.exists(d.resolve("package-info.java"))))
                    .isEmpty();
        }
    }

    @Test
    void markupAndViewsArePairs() throws IOException {
        var views = new TreeSet<String>();
        var fxml = Path.of("fxml");
        try (var files = Files.walk(fxml)) {
            files.filter(f -> f.toString().endsWith(".fxml"))
                    .forEach(f -> views.add(fxml.relativize(f).toString()));
        }
        for (var view : views) {
            var type = MAIN.resolve("ui").resolve(view.replace(".fxml", ".java"));
            assertThat(type).as("the view of fxml/" + view).exists();
        }
        var ui = MAIN.resolve("ui");
        try (var files = Files.walk(ui)) {
            assertThat(
                            files.filter(f -> f.toString().endsWith("View.java"))
                                    .map(f -> ui.relativize(f).toString())
                                    .map(f -> f.replace(".java", ".fxml")))
                    .as("each …View.java has its markup")
                    .allSatisfy(f -> assertThat(views).contains(f));
        }
    }

    private static boolean hasSources(Path folder) {
        try (var files = Files.list(folder)) {
            return files.anyMatch(f -> f.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> linesOf(Path root, Predicate<Path> where, String regex)
            throws IOException {
        var pattern = Pattern.compile(regex);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .filter(where)
                    .flatMap(
                            f -> {
                                try {
                                    return Files.readAllLines(f).stream()
                                            .filter(l -> pattern.matcher(l).find())
                                            .map(l -> f + ": " + l.strip());
                                } catch (IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            })
                    .toList();
        }
    }
}
