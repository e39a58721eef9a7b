package dev.flotilla.traffic.haproxy;

import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Back;
import dev.flotilla.traffic.plan.Front;
import dev.flotilla.traffic.plan.Plan;
import dev.flotilla.traffic.plan.Plan.Health;
import dev.flotilla.traffic.plan.Protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Writes the configuration of a plan.
///
/// Times and retries are those that lost no request in the lab when pods crashed, nodes were cut or
/// powered off: whoever is not reached within 200 ms is tried elsewhere, and connections to a dead
/// server are left to end by themselves.
public final class Configs {
    private static final String AFFINITY = "affinity";

    private Configs() {}

    public static Config of(Plan plan, Settings settings) {
        var sections = new ArrayList<Section>();
        sections.add(global(plan, settings));
        sections.add(Section.of("defaults", COMMON));
        sections.add(Section.of("defaults tcp", tcp()));
        sections.add(Section.of("defaults http", http()));
        if (sticky(plan)) {
            sections.add(
                    Section.of(
                            "peers " + AFFINITY,
                            List.of("peer " + peer(plan) + " 127.0.0.1:" + settings.peerPort())));
        }
        plan.fronts(Protocol.TCP).forEach(front -> sections.add(section(front)));
        plan.healths().forEach(health -> sections.add(section(health)));
        var gate = new GateSections(plan.gate(), settings);
        sections.addAll(gate.sections());
        plan.gate().backs().forEach(back -> sections.add(ingress(back)));
        return new Config(sections, new TreeMap<>(gate.files()));
    }

    private static Section global(Plan plan, Settings settings) {
        return Section.of(
                "global",
                List.of(
                        "maxconn " + settings.connections(),
                        "log " + settings.log() + " format raw local0",
                        "stats socket "
                                + settings.socket()
                                + " mode 660 gid "
                                + settings.group()
                                + " level admin expose-fd listeners",
                        "hard-stop-after 30m",
                        "localpeer " + peer(plan),
                        "ssl-default-bind-options ssl-min-ver TLSv1.2",
                        "tune.ssl.default-dh-param 2048"));
    }

    private static final List<String> COMMON =
            List.of(
                    "log global",
                    "option dontlognull",
                    "option redispatch 1",
                    "retries 3",
                    "timeout connect 200ms",
                    "timeout check 200ms",
                    "timeout queue 5s");

    /// Who holds a connection open and says nothing, as databases' clients do, is left alone for a
    /// day; the kernel asks whether the other end is there.
    private static List<String> tcp() {
        return with(
                COMMON,
                "mode tcp",
                "timeout client 24h",
                "timeout server 24h",
                "option clitcpka",
                "option srvtcpka",
                "log-format \"" + LogLine.TCP + "\"");
    }

    private static List<String> http() {
        return with(
                COMMON,
                "mode http",
                "timeout client 10m",
                "timeout server 10m",
                "timeout tunnel 24h",
                "timeout http-request 30s",
                "timeout http-keep-alive 60s",
                "option http-keep-alive",
                "http-reuse safe",
                "retry-on conn-failure empty-response",
                "log-format \"" + LogLine.HTTP + "\"");
    }

    private static boolean sticky(Plan plan) {
        return plan.fronts(Protocol.TCP).stream().anyMatch(f -> f.back().stickySeconds() > 0)
                || plan.gate().backs().stream().anyMatch(b -> b.stickySeconds() > 0);
    }

    /// No name of a person's making: only the proxy itself hears it.
    private static String peer(Plan plan) {
        return "node-" + Integer.toHexString(plan.node().hashCode());
    }

    private static Section section(Front front) {
        var back = front.back();
        var lines = new ArrayList<String>();
        front.at().forEach(at -> lines.add("bind " + at));
        if (!front.sources().isEmpty()) {
            lines.add(
                    "tcp-request connection reject unless { src "
                            + String.join(" ", front.sources())
                            + " }");
        }
        if (back.http()) {
            lines.add("http-request set-header X-Forwarded-For %[src]");
        }
        lines.addAll(choice(back));
        return Section.of("listen " + back.id() + " from " + mode(back), lines, back);
    }

    private static Section ingress(Back back) {
        return Section.of("backend " + back.id() + " from http", choice(back), back);
    }

    private static String mode(Back back) {
        return back.http() ? "http" : "tcp";
    }

    /// Only what may be asked twice is: a request that changes something may have been heard.
    private static List<String> choice(Back back) {
        var lines = new ArrayList<String>();
        if (back.http()) {
            lines.add("http-request disable-l7-retry unless { method GET HEAD OPTIONS }");
        }
        switch (back.balance()) {
            case LEASTCONN -> lines.add("balance leastconn");
            case ROUNDROBIN -> lines.add("balance roundrobin");
            case SOURCE -> {
                lines.add("balance source");
                lines.add("hash-type consistent");
            }
        }
        if (back.stickySeconds() > 0) {
            lines.add(
                    "stick-table type ip size 100k expire %ds peers %s"
                            .formatted(back.stickySeconds(), AFFINITY));
            lines.add("stick on src");
        }
        return lines;
    }

    private static Section section(Health health) {
        var id = health.of();
        var body =
                "{\"service\":{\"namespace\":\"%s\",\"name\":\"%s\"},\"localEndpoints\":%%[nbsrv(%s)]}"
                        .formatted(id.namespace(), id.service(), id);
        return Section.of(
                "frontend health:" + id + ":" + name(health.at()) + " from http",
                List.of(
                        "bind " + health.at(),
                        "no log",
                        answer(200, body) + " if { nbsrv(" + id + ") gt 0 }",
                        answer(503, body)));
    }

    private static String answer(int status, String body) {
        return "http-request return status %d content-type application/json lf-string '%s'"
                .formatted(status, body);
    }

    private static String name(At at) {
        return at.address() + ":" + at.port();
    }

    private static List<String> with(List<String> some, String... more) {
        var all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
