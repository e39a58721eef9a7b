package dev.flotilla.traffic.haproxy;

import dev.flotilla.traffic.plan.Back;

import java.util.List;

/// A section of the configuration. Its servers can come, go and rest while the proxy runs; all else
/// takes a reload.
///
/// @param head such as `listen svc:default:web:http from tcp`
/// @param lines all but those of servers
record Section(String head, List<String> lines, List<ServerLine> servers) {
    Section {
        lines = List.copyOf(lines);
        servers = List.copyOf(servers);
    }

    static Section of(String head, List<String> lines) {
        return new Section(head, lines, List.of());
    }

    static Section of(String head, List<String> lines, Back back) {
        return new Section(
                head, lines, back.servers().stream().map(s -> ServerLine.of(back, s)).toList());
    }

    /// What takes a reload when it changes.
    Section shape() {
        return of(head, lines);
    }

    String text() {
        var text = new StringBuilder(head).append('\n');
        lines.forEach(line -> text.append("  ").append(line).append('\n'));
        servers.forEach(server -> text.append("  ").append(server.text()).append('\n'));
        return text.toString();
    }
}
