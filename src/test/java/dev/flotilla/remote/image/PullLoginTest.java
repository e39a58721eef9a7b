package dev.flotilla.remote.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.image.ImageName;
import dev.flotilla.node.image.PullProgress;
import dev.flotilla.node.image.RegistryLogin;
import dev.flotilla.remote.DockerRuntime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.regex.Pattern;

/// Whose login an engine is shown, and where it comes from on this computer.
class PullLoginTest {
    @TempDir Path folder;

    @Test
    void theEngineGetsTheLoginInItsHeaderAndTellsOfLayers() throws IOException {
        var said =
                """
                {"status":"Pulling from team/web","id":"1"}
                {"status":"Downloading","progressDetail":{"current":5,"total":9},"id":"abc"}
                {"status":"Pull complete","progressDetail":{},"id":"abc"}
                """;
        try (var engine = new FakeEngine(folder, said);
                var runtime = DockerRuntime.at(engine.socket, InstantSource.system())) {
            var layers = new ArrayList<PullProgress.Layer>();
            runtime.pull(
                    "reg.io/team/web:1", new RegistryLogin("reg.io", "me", "hüsh"), layers::add);
            assertThat(engine.asked.getFirst())
                    .startsWith("POST /images/create?fromImage=reg.io%2Fteam%2Fweb%3A1 ");
            assertThat(auth(engine.asked.getFirst()))
                    .isEqualTo(
                            "{\"password\":\"hüsh\",\"serveraddress\":\"reg.io\",\"username\":\"me\"}");
            assertThat(layers)
                    .containsExactly(
                            new PullProgress.Layer("abc", "Downloading", 5, 9),
                            new PullProgress.Layer("abc", "Pull complete", 0, 0));
            runtime.pull("web", new RegistryLogin("reg.io", "", "", "t"), _ -> {});
            assertThat(auth(engine.asked.getLast()))
                    .isEqualTo("{\"identitytoken\":\"t\",\"serveraddress\":\"reg.io\"}");
            assertThat(engine.asked.getLast()).contains("fromImage=web%3Alatest");
            runtime.pull("web", null, _ -> {});
            assertThat(engine.asked.getLast()).doesNotContainIgnoringCase("x-registry-auth");
        }
    }

    @Test
    void aRefusalInTheAccountIsOne() throws IOException {
        try (var engine =
                        new FakeEngine(
                                folder,
                                "{\"status\":\"Pulling\"}{\"errorDetail\":{\"message\":\"denied\"},\"error\":\"denied\"}");
                var runtime = DockerRuntime.at(engine.socket, InstantSource.system())) {
            assertThatThrownBy(() -> runtime.pull("web", null, _ -> {}))
                    .isInstanceOf(RefusedByEngine.class)
                    .hasMessage("denied");
        }
    }

    @Test
    void loginsComeFromDockersFileAndItsHelpers() throws IOException {
        var prefix = folder.resolve("docker-credential-").toString();
        helper(
                prefix + "wallet",
                "read s; [ $1 = get ] && printf"
                        + " '{\"ServerURL\":\"%s\",\"Username\":\"me\",\"Secret\":\"hush\"}' $s");
        helper(prefix + "cloud", "echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'");
        helper(prefix + "locked", "echo no such login; exit 1");
        Files.writeString(
                folder.resolve("config.json"),
                """
                {"auths": {"plain.io": {"auth": "YTpi"}, "kept.io": {}},
                 "credHelpers": {"cloud.io": "cloud", "locked.io": "locked", "evil.io": "../evil"},
                 "credsStore": "wallet"}
                """);
        var logins = new DockerLogins(folder, prefix);
        assertThat(logins.of(ImageName.parse("kept.io/web")))
                .containsExactly(new RegistryLogin("kept.io", "me", "hush"));
        assertThat(logins.of(ImageName.parse("web")))
                .containsExactly(new RegistryLogin("https://index.docker.io/v1/", "me", "hush"));
        assertThat(logins.of(ImageName.parse("cloud.io/web")))
                .containsExactly(new RegistryLogin("cloud.io", "", "", "t"));
        assertThat(logins.of(ImageName.parse("plain.io/web")))
                .contains(new RegistryLogin("plain.io", "a", "b"));
        assertThat(logins.of(ImageName.parse("locked.io/web"))).isEmpty();
        assertThat(logins.of(ImageName.parse("evil.io/web"))).isEmpty();
        Files.delete(folder.resolve("config.json"));
        assertThat(logins.of(ImageName.parse("kept.io/web"))).isEmpty();
    }

    private static void helper(String path, String script) throws IOException {
        Files.writeString(Path.of(path), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(Path.of(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String auth(String head) {
        var found = Pattern.compile("(?i)x-registry-auth: (\\S+)").matcher(head);
        assertThat(found.find()).isTrue();
        return new String(Base64.getUrlDecoder().decode(found.group(1)), StandardCharsets.UTF_8);
    }
}
