package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.Registry;
import dev.flotilla.store.Store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/// The words of `/healthz`, `/livez` and `/readyz`, on a server that is about to go.
class HealthTest {
    private final Store store = Store.inMemory(InstantSource.system());
    private final Registry registry = new Registry(store, InstantSource.system(), new Random(1));
    private final Health closing = new Health(registry, () -> true);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatFailsIsNamedAndNotExplained() {
        assertThat(closing.report("readyz", List.of(), false))
                .isEqualTo(
                        new Health.Report(
                                500,
                                """
                                [+]ping ok
                                [+]log ok
                                [+]etcd ok
                                [-]shutdown failed: reason withheld
                                readyz check failed
                                """));
    }

    @Test
    void whatIsExcludedFailsNothing() {
        assertThat(closing.report("readyz", List.of("shutdown"), false))
                .isEqualTo(new Health.Report(200, "ok"));
        assertThat(closing.report("readyz", List.of("shutdown", "what", "who"), true).text())
                .isEqualTo(
                        """
                        [+]ping ok
                        [+]log ok
                        [+]etcd ok
                        [+]shutdown excluded: ok
                        warn: some health checks cannot be excluded: no matches for "what","who"
                        readyz check passed
                        """);
    }

    @Test
    void whoGoesLivesOn() {
        assertThat(closing.report("livez", List.of(), false))
                .isEqualTo(new Health.Report(200, "ok"));
    }
}
