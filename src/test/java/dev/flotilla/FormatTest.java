package dev.flotilla;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Every source file is as `mvn spotless:apply` leaves it.
///
/// A test, because the formatter needs Java 21 or newer and Maven itself may run on 17.
class FormatTest {
    @Test
    void everyFileIsFormatted() throws Exception {
        var formatter =
                new Formatter(
                        JavaFormatterOptions.builder()
                                .style(JavaFormatterOptions.Style.AOSP)
                                .build());
        var wrong = new ArrayList<Path>();
        for (var file : sources()) {
            var text = Files.readString(file);
            var tidy = formatter.formatSourceAndFixImports(text);
            if (!text.equals(tidy)) {
                wrong.add(file);
            }
        }
        assertThat(wrong).as("run: JAVA_HOME=(a JDK 25) mvn spotless:apply").isEmpty();
    }

    private static Iterable<Path> sources() throws IOException {
        try (var files = Files.walk(Path.of("src"))) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
    }
}
