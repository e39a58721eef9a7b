package dev.flotilla.traffic.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.traffic.Scenes;
import dev.flotilla.traffic.Tool;
import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Picture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The names of a cluster, and that dnsmasq itself takes the files.
class NamesTest {
    private static final List<PodName> PODS =
            List.of(
                    new PodName("default", "10.42.1.5"),
                    new PodName("default", "10.42.2.5"),
                    new PodName("shop", "10.42.1.9"));

    @TempDir private Path folder;

    @Test
    void asWritten() throws IOException {
        var files = names(Scenes.picture("names"), PODS);
        Scenes.assertGolden("main.conf", files.main().replace(folder.toString(), "FOLDER"));
        Scenes.assertGolden("second.conf", files.second().replace(folder.toString(), "FOLDER"));
        Scenes.assertGolden("forward", files.forward());
        Scenes.assertGolden(
                "hosts.txt",
                String.join(
                        "",
                        files.hosts().entrySet().stream()
                                .map(e -> "# " + e.getKey() + "\n" + e.getValue())
                                .toList()));
        assertThat(files.outside()).containsExactly("db.example.com");
        check(files);
    }

    @Test
    void nothingOfAManifestIsMoreThanAName() throws IOException {
        var files = names(Scenes.picture("injection"), List.of(new PodName("a\nevil", "10.1.1.1")));
        assertThat(files.toString()).doesNotContain("evil");
        assertThat(files.hosts()).containsKeys("svc.default.names", "svc.default.web");
        check(files);
    }

    @Test
    void onlyWhatChangedIsWritten() {
        var before = names(Scenes.picture("names"), PODS);
        assertThat(before.since(before).none()).isTrue();
        var fewer = names(Scenes.picture("names"), PODS.subList(0, 2)).since(before);
        assertThat(fewer.written()).isEmpty();
        assertThat(fewer.removed()).containsExactly("pods.shop");
        assertThat(fewer.restartMain() || fewer.restartSecond() || fewer.hangUp()).isFalse();
        var other = names(Scenes.picture("inside"), PODS).since(before);
        assertThat(other.written())
                .containsOnlyKeys("svc.default.dying", "svc.default.outside-db", "svc.default.web");
        assertThat(other.removed()).containsExactly("svc.default.db", "svc.default.kubernetes");
        assertThat(other.restartSecond()).isTrue();
        assertThat(other.restartMain()).as("an ExternalName is another").isTrue();
    }

    private DnsFiles names(Picture picture, List<PodName> pods) {
        return Names.of(
                picture,
                pods,
                new DnsSettings(
                        "cluster.local",
                        new At("10.43.0.53", 53),
                        new At("127.0.0.1", 1053),
                        List.of(new At("192.0.2.53", 53)),
                        folder.toString()));
    }

    private void check(DnsFiles files) throws IOException {
        Tool.assumeInstalled("dnsmasq");
        Files.createDirectories(folder.resolve("hosts"));
        Files.writeString(folder.resolve("forward"), files.forward());
        for (var text : List.of(files.main(), files.second())) {
            var file = Files.writeString(folder.resolve("conf"), text);
            Tool.run("dnsmasq", "--test", "-C", file.toString());
        }
    }
}
