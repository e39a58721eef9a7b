package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.node.PodRows.End;

import io.fabric8.kubernetes.api.model.PodBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;

/// The pods of [PodSpecIT] on the simulated engine, as far as it claims to do what a real one does:
/// all of them run, with all that they ask, and end as their command lines say.
class PodSpecTest {
    /// What it does not claim of those that stay, and why.
    private static final Map<String, String> WAIT =
            Map.of(
                    "after-its-init-container",
                    "a command line that says neither `sleep` nor `exit` runs for ever");

    /// And of those that end.
    private static final Map<String, String> NOT_CLAIMED =
            Map.of(
                    "leaves-its-log", "nothing writes a log",
                    "takes-too-much", "nothing takes memory, but by a fault that a test makes",
                    "lasts-too-long", "nothing hears a signal",
                    "cant-begin", "nothing is killed: what is stopped ends well");

    private final World world = new World(1);
    private final PodRows rows = new PodRows(World.NODE);

    @BeforeEach
    void configure() {
        world.giveTokens();
        Pods.words().forEach(world::create);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void allThatStayRun() {
        rows.stay().forEach(r -> world.create(Pods.brief(r.name(), r.spec())));
        world.run(Duration.ofSeconds(30));
        var differ = new TreeSet<String>();
        for (var row : rows.stay()) {
            var pod = world.get(row.name());
            boolean runs =
                    pod.getStatus().getContainerStatuses().stream()
                            .allMatch(c -> c.getReady() && c.getRestartCount() == 0);
            if (!runs || !world.ready(pod).equals("True") || pod.getStatus().getPodIP() == null) {
                differ.add(row.name());
            }
        }
        assertThat(differ).isEqualTo(new TreeSet<>(WAIT.keySet()));
    }

    @Test
    void theOthersEndAsOnARealEngineOrAreNotClaimedTo() {
        rows.end().forEach(e -> world.create(Pods.brief(e.name(), e.spec())));
        world.run(Duration.ofSeconds(10));
        var pod = world.get("lasts-too-long");
        world.cluster.update(
                pod,
                new PodBuilder(pod).editSpec().withActiveDeadlineSeconds(1L).endSpec().build());
        world.run(Duration.ofSeconds(20));
        var differ = new TreeSet<String>();
        rows.end().stream()
                .filter(e -> !ended(e).equals(e.said()))
                .forEach(e -> differ.add(e.name()));
        assertThat(differ).isEqualTo(new TreeSet<>(NOT_CLAIMED.keySet()));
    }

    private String ended(End end) {
        var web = world.web(end.name());
        var now = web.getState().getTerminated();
        var ended = now == null ? web.getLastState().getTerminated() : now;
        return ended == null
                ? "nothing"
                : ended.getReason() + " " + ended.getExitCode() + " " + ended.getMessage();
    }
}
