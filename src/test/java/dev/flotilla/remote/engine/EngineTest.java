package dev.flotilla.remote.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What is known of an engine without asking it.
class EngineTest {
    @Test
    void versionsAreComparedByNumber() {
        assertThat(DockerVersion.parse("20.10.24+dfsg1")).isEqualTo(DockerVersion.OLDEST);
        assertThat(DockerVersion.parse("19.03.15")).isLessThan(DockerVersion.OLDEST);
        assertThat(DockerVersion.parse("9.99")).isLessThan(DockerVersion.OLDEST);
        assertThat(DockerVersion.parse("28.5.1-rc.1")).isGreaterThan(new DockerVersion(28, 4));
        assertThat(DockerVersion.parse("dev")).isEqualTo(new DockerVersion(0, 0));
    }

    @Test
    void onlyStreamsMayBeSilentForLong() {
        assertThat(Engine.patience("/events?filters=x").isDisabled()).isTrue();
        assertThat(Engine.patience("/images/create?fromImage=x").isDisabled()).isTrue();
        assertThat(Engine.patience("/_ping").toSeconds()).isEqualTo(3);
        assertThat(Engine.patience("/containers/abc/stop?t=40").toSeconds()).isEqualTo(70);
        assertThat(Engine.patience("/containers/abc/start").toSeconds()).isEqualTo(60);
    }
}
