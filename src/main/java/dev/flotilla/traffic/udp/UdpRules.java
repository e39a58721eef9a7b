package dev.flotilla.traffic.udp;

import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Back;
import dev.flotilla.traffic.plan.BackId.Via;
import dev.flotilla.traffic.plan.Front;
import dev.flotilla.traffic.plan.Plan;
import dev.flotilla.traffic.plan.Protocol;
import dev.flotilla.traffic.plan.Server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// For `nft -f -`: a table of its own, replaced as a whole, that sends datagrams on to endpoints.
///
/// Pods see who asked, except where the answer must come back through this node: when somebody from
/// outside was sent to a pod elsewhere, and when a pod asks itself.
public final class UdpRules {
    static final String TABLE = "ip flotilla-udp";

    /// On connections whose sender is to be hidden.
    private static final String MARK = "0x4000";

    private UdpRules() {}

    public static String of(Plan plan) {
        var fronts = plan.fronts(Protocol.UDP);
        var text = new StringBuilder();
        text.append("add table %s\ndelete table %s\n".formatted(TABLE, TABLE));
        text.append("table %s {\n".formatted(TABLE));
        hairpin(fronts, text);
        chain(
                text,
                "prerouting",
                List.of("type nat hook prerouting priority -100", "jump services"));
        chain(text, "output", List.of("type nat hook output priority -100", "jump services"));
        chain(text, "services", fronts.stream().flatMap(f -> rules(f).stream()).toList());
        var last = new ArrayList<>(List.of("type nat hook postrouting priority 100"));
        last.add("ct mark and " + MARK + " == " + MARK + " masquerade");
        last.add("ip saddr . ip daddr @hairpin masquerade");
        chain(text, "postrouting", last);
        return text.append("}\n").toString();
    }

    /// The endpoints that are used no more, for each place that led to them: what was on its way
    /// there is remembered by the kernel, and is to be forgotten.
    public static SortedMap<At, SortedSet<At>> gone(Plan before, Plan after) {
        var gone = new TreeMap<At, SortedSet<At>>();
        var now = targets(after);
        targets(before)
                .forEach(
                        (at, servers) -> {
                            var left = new TreeSet<>(servers);
                            left.removeAll(now.getOrDefault(at, new TreeSet<>()));
                            if (!left.isEmpty()) {
                                gone.put(at, left);
                            }
                        });
        return gone;
    }

    private static Map<At, SortedSet<At>> targets(Plan plan) {
        var targets = new TreeMap<At, SortedSet<At>>();
        for (var front : plan.fronts(Protocol.UDP)) {
            var servers = new TreeSet<At>();
            working(front.back()).forEach(s -> servers.add(s.at()));
            front.at().forEach(at -> targets.put(at, servers));
        }
        return targets;
    }

    private static void hairpin(List<Front> fronts, StringBuilder text) {
        var addresses = new TreeSet<String>();
        fronts.forEach(f -> working(f.back()).forEach(s -> addresses.add(s.at().address())));
        text.append("  set hairpin {\n    type ipv4_addr . ipv4_addr\n");
        if (!addresses.isEmpty()) {
            var pairs = addresses.stream().map(a -> a + " . " + a).toList();
            text.append("    elements = { ").append(String.join(", ", pairs)).append(" }\n");
        }
        text.append("  }\n");
    }

    private static void chain(StringBuilder text, String name, List<String> lines) {
        text.append("  chain ").append(name).append(" {\n");
        lines.forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("  }\n");
    }

    private static List<Server> working(Back back) {
        return back.servers().stream().filter(s -> !s.draining()).toList();
    }

    private static List<String> rules(Front front) {
        var servers = working(front.back());
        if (servers.isEmpty()) {
            return List.of();
        }
        boolean hides = front.back().id().via() != Via.INSIDE && !front.keepsClient();
        var rules = new ArrayList<String>();
        for (var at : front.at()) {
            rules.add(
                    "ip daddr %s udp dport %d%s%sdnat ip to %s mod %d map { %s } comment \"%s\""
                            .formatted(
                                    at.address(),
                                    at.port(),
                                    allowed(front),
                                    hides ? " ct mark set ct mark or " + MARK + " " : " ",
                                    choice(front.back()),
                                    servers.size(),
                                    map(servers),
                                    front.back().id()));
        }
        return rules;
    }

    private static String allowed(Front front) {
        return front.sources().isEmpty()
                ? ""
                : " ip saddr { " + String.join(", ", front.sources()) + " }";
    }

    private static String choice(Back back) {
        boolean stays = back.stickySeconds() > 0 || back.balance() == Back.Balance.SOURCE;
        return stays ? "jhash ip saddr" : "numgen random";
    }

    private static String map(List<Server> servers) {
        return String.join(
                ", ",
                IntStream.range(0, servers.size())
                        .mapToObj(
                                i ->
                                        "%d : %s . %d"
                                                .formatted(
                                                        i,
                                                        servers.get(i).at().address(),
                                                        servers.get(i).at().port()))
                        .toList());
    }
}
