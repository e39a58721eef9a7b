package dev.flotilla.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/// Every text is there in every language, and German speakers get German.
class TextsTest {
    private static final Path RESOURCES = Path.of("src/main/resources/dev/flotilla/ui");

    @TestFactory
    Stream<DynamicTest> everyTextIsInBothLanguages() throws IOException {
        try (var files = Files.walk(RESOURCES)) {
            return files
                    .filter(f -> f.getFileName().toString().equals("texts.properties"))
                    .toList()
                    .stream()
                    .map(
                            english ->
                                    DynamicTest.dynamicTest(
                                            english.toString(),
                                            () ->
                                                    assertThat(keys(german(english)))
                                                            .isEqualTo(keys(english))));
        }
    }

    private static Path german(Path english) {
        return english.resolveSibling("texts_de.properties");
    }

    private static Set<Object> keys(Path file) throws IOException {
        var texts = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            texts.load(in);
        }
        return texts.keySet();
    }
}
