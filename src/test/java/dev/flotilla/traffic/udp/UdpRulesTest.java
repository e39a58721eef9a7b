package dev.flotilla.traffic.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.traffic.Planner;
import dev.flotilla.traffic.Scenes;
import dev.flotilla.traffic.Tool;
import dev.flotilla.traffic.plan.Picture;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How UDP is spread, and that the kernel takes the rules.
class UdpRulesTest {
    @TempDir private Path folder;

    @Test
    void asWritten() throws IOException {
        var text = UdpRules.of(Scenes.plan("udp"));
        Scenes.assertGolden("udp.nft", text);
        Scenes.assertGolden("none.nft", UdpRules.of(Scenes.plan("names")));
        check(text);
    }

    @Test
    void nothingOfAManifestIsMoreThanAName() throws IOException {
        var text = UdpRules.of(Scenes.plan("injection"));
        assertThat(text).doesNotContain("evil").contains("192.0.2.2 . 80");
        check(text);
    }

    @Test
    void whatIsGoneIsToBeForgotten() {
        var before = Scenes.picture("udp");
        var slices =
                before.slices().stream()
                        .map(
                                s ->
                                        s.getMetadata().getName().equals("dns-1")
                                                ? new EndpointSliceBuilder(s)
                                                        .removeFromEndpoints(
                                                                s.getEndpoints().getFirst())
                                                        .build()
                                                : s)
                        .toList();
        var after =
                new Picture(
                        before.services(),
                        slices,
                        before.nodes(),
                        before.ingresses(),
                        before.classes(),
                        before.secrets());
        var planner = new Planner();
        assertThat(UdpRules.gone(planner.plan(before, "n1"), planner.plan(after, "n1")).toString())
                .isEqualTo("{10.43.0.10:53=[10.42.1.5:53]}");
    }

    /// Twice, as the second replaces the first, in a network of its own.
    private void check(String text) throws IOException {
        Tool.assumeInstalled("nft");
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "skipped: needs root");
        var file = Files.writeString(folder.resolve("rules"), text);
        var twice = "nft -f %s && nft -f %s && nft list ruleset".formatted(file, file);
        assertThat(Tool.run("unshare", "-n", "sh", "-c", twice)).containsOnlyOnce("flotilla-udp");
    }
}
