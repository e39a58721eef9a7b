package dev.flotilla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Command;
import dev.flotilla.lab.MostlyWaits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `target/flotilla` is what a person copies to another machine.
@MostlyWaits
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bin/flotilla is a POSIX shell script")
class PackageIT {
    private static final Path HOME = Path.of("target/flotilla").toAbsolutePath();

    @TempDir Path folder = Path.of("");

    @Test
    void javaFxLiesApartFromTheRest() throws IOException {
        assertThat(names("fx")).isNotEmpty().allMatch(name -> name.startsWith("javafx-"));
        assertThat(names("lib")).anyMatch(name -> name.startsWith("flotilla-"));
        assertThat(names("lib")).noneMatch(name -> name.startsWith("javafx-"));
    }

    @Test
    void passesWordsOnUnharmedThroughALinkInAFolderWithSpaces() throws IOException {
        var link = folder.resolve("a folder").resolve("a link");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, HOME.resolve("bin/flotilla"));
        var java = fakeJdk("jdk 25", "25.0.1");
        var ran = run(Map.of("JAVA_HOME", java.toString()), link, "--data", "two words", "*", "");
        assertThat(ran.succeeded().out())
                .contains(
                        "[%s]\n[--add-modules]".formatted(HOME.resolve("fx")),
                        "[-cp]\n[%s/*]\n".formatted(HOME.resolve("lib")))
                .endsWith("[dev.flotilla.app.Main]\n[--data]\n[two words]\n[*]\n[]\n");
    }

    @Test
    void passesOverAnOldJavaToOneThatServes() throws IOException {
        var old = fakeJdk("jdk 17", "17.0.9");
        var good = fakeJdk("jdk 26", "26");
        var environment =
                Map.of(
                        "FLOTILLA_JAVA", old.resolve("bin/java").toString(),
                        "JAVA_HOME", good.toString());
        var ran = run(environment, HOME.resolve("bin/flotilla"), "master");
        assertThat(ran.succeeded().out()).startsWith("jdk 26\n").endsWith("[master]\n");
    }

    @Test
    void startsForReal() {
        var environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
        var ran = run(environment, HOME.resolve("bin/flotilla"), "--help");
        assertThat(ran.succeeded().out()).contains("master", "ui", "--simulate");
        assertThat(ran.err()).isEmpty();
    }

    /// Java is told to start with what it learned or not at all.
    @Test
    void startsFromWhatItsTrainingLeft() throws IOException {
        var learned = HOME.resolve("flotilla.aot");
        var java = Map.of("JAVA_HOME", System.getProperty("java.home"), "FLOTILLA_EXERCISE", "1");
        try {
            run(java, HOME.resolve("bin/train")).succeeded();
            var environment =
                    Map.of(
                            "JAVA_HOME",
                            System.getProperty("java.home"),
                            "JAVA_TOOL_OPTIONS",
                            "-XX:AOTMode=on");
            var flotilla = HOME.resolve("bin/flotilla");
            assertThat(run(environment, flotilla, "--help").succeeded().out()).contains("master");
            assertThat(run(environment, flotilla, "master", "--help").succeeded().out())
                    .contains("always-on");
            Files.writeString(learned, "not what Java left");
            assertThat(run(environment, flotilla, "--help").exit()).isNotZero();
            assertThat(run(java, flotilla, "--help").succeeded().err()).isEmpty();
        } finally {
            Files.deleteIfExists(learned);
            Files.deleteIfExists(HOME.resolve("flotilla-master.aot"));
        }
    }

    /// A `java` that prints where it lives and its words, each in brackets.
    private Path fakeJdk(String name, String version) throws IOException {
        var jdk = folder.resolve(name);
        var java = jdk.resolve("bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Files.writeString(java, "#!/bin/sh\necho '" + name + "'\nprintf '[%s]\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return jdk;
    }

    private static Command run(Map<String, String> environment, Path program, String... words) {
        var builder = new ProcessBuilder(new ArrayList<>(List.of(program.toString())));
        builder.command().addAll(List.of(words));
        builder.environment().remove("FLOTILLA_JAVA");
        builder.environment().putAll(environment);
        return Command.run(Duration.ofMinutes(5), builder);
    }

    private static List<String> names(String part) throws IOException {
        try (var files = Files.list(HOME.resolve(part))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
