package dev.flotilla.traffic.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Back;
import dev.flotilla.traffic.plan.Back.Balance;
import dev.flotilla.traffic.plan.Back.Greeting;
import dev.flotilla.traffic.plan.Back.Wire;
import dev.flotilla.traffic.plan.BackId;
import dev.flotilla.traffic.plan.BackId.Via;
import dev.flotilla.traffic.plan.Front;
import dev.flotilla.traffic.plan.Gate;
import dev.flotilla.traffic.plan.Plan;
import dev.flotilla.traffic.plan.Protocol;
import dev.flotilla.traffic.plan.Server;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

/// What leads from one configuration to the next.
class StepTest {
    private static final Settings SETTINGS =
            new Settings("/run/s", 0, "stdout", "/etc/flotilla", 1000, 1024);

    @Test
    void nothing() {
        assertThat(step(List.of("a"), List.of("a"))).isEqualTo(new Step.Nothing());
    }

    @Test
    void whoComesWorksBeforeWhoGoesRests() {
        assertThat(step(List.of("a", "b"), List.of("b", "c")))
                .isEqualTo(
                        new Step.Commands(
                                List.of(
                                        "add server svc:default:web:80/c_10.42.0.99:80"
                                                + " 10.42.0.99:80 "
                                                + ServerLine.CHECK,
                                        "enable health svc:default:web:80/c_10.42.0.99:80",
                                        "set server svc:default:web:80/c_10.42.0.99:80 state ready",
                                        "set server svc:default:web:80/a_10.42.0.97:80 state"
                                                + " maint"),
                                List.of("del server svc:default:web:80/a_10.42.0.97:80")));
    }

    @Test
    void whoIsAboutToStopRestsFirst() {
        assertThat(step(List.of("a", "b"), List.of("a!", "b")))
                .isEqualTo(
                        new Step.Commands(
                                List.of(
                                        "set server svc:default:web:80/a_10.42.0.97:80 state"
                                                + " maint"),
                                List.of()));
        assertThat(step(List.of("a!"), List.of("a")))
                .isEqualTo(
                        new Step.Commands(
                                List.of(
                                        "set server svc:default:web:80/a_10.42.0.97:80 state"
                                                + " ready"),
                                List.of()));
        assertThat(step(List.of("a!", "b"), List.of("b")))
                .isEqualTo(
                        new Step.Commands(
                                List.of(),
                                List.of("del server svc:default:web:80/a_10.42.0.97:80")));
    }

    @Test
    void allElseIsAReload() {
        var one = config(List.of(front("web", Balance.LEASTCONN, List.of("a"))));
        var other = config(List.of(front("web", Balance.SOURCE, List.of("a"))));
        var more =
                config(
                        List.of(
                                front("api", Balance.LEASTCONN, List.of()),
                                front("web", Balance.LEASTCONN, List.of("a"))));
        assertThat(Step.between(one, other)).isEqualTo(new Step.Reload());
        assertThat(Step.between(one, more)).isEqualTo(new Step.Reload());
        assertThat(Step.between(more, one)).isEqualTo(new Step.Reload());
    }

    private static Step step(List<String> before, List<String> after) {
        return Step.between(
                config(List.of(front("web", Balance.LEASTCONN, before))),
                config(List.of(front("web", Balance.LEASTCONN, after))));
    }

    private static Config config(List<Front> fronts) {
        return Configs.of(new Plan("n1", fronts, List.of(), Gate.CLOSED, List.of()), SETTINGS);
    }

    /// @param servers a letter each; with `!` those that drain
    private static Front front(String name, Balance balance, List<String> servers) {
        return new Front(
                Protocol.TCP,
                List.of(new At("10.43.0.7", 80)),
                List.of(),
                false,
                new Back(
                        new BackId(Via.INSIDE, "default", name, "80"),
                        false,
                        balance,
                        0,
                        Wire.PLAIN,
                        Greeting.NONE,
                        servers.stream().flatMap(StepTest::server).toList()));
    }

    private static Stream<Server> server(String text) {
        var name = text.substring(0, 1);
        return Stream.of(
                new Server(
                        name, new At("10.42.0." + (int) name.charAt(0), 80), text.endsWith("!")));
    }
}
