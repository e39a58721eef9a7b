package dev.flotilla.remote.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What an engine is asked for when it is to pull.
class ImagePullTest {
    @Test
    void anImageWithoutATagIsTheLatestAlone() {
        assertThat(ImagePull.path("nginx")).endsWith("fromImage=nginx%3Alatest");
        assertThat(ImagePull.path("host:5000/a/b"))
                .endsWith("fromImage=host%3A5000%2Fa%2Fb%3Alatest");
        assertThat(ImagePull.path("host:5000/a:1")).endsWith("fromImage=host%3A5000%2Fa%3A1");
        var digest = "0123456789abcdef".repeat(4);
        assertThat(ImagePull.path("a@sha256:" + digest))
                .endsWith("fromImage=a%40sha256%3A" + digest);
    }
}
