package dev.flotilla.remote.proxy;

import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.remote.link.NodeHost;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// HAProxy's command line over its socket: many commands a line, an empty line after each answer.
record BalancerSocket(NodeHost host, String path) {
    /// HAProxy reads no longer line than its buffer, 16 KiB unless told.
    private static final int LONGEST_LINE = 12_000;

    /// Its answer tells that all others are there: the last one's end is the connection's.
    private static final String LAST = "show version";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Has all commands carried out in turn.
    ///
    /// @return what was answered to each, without the end of the line; empty where it had nothing
    ///   to say
    /// @throws RuntimeUnavailable if it does not answer; some may have been carried out
    List<String> ask(List<String> commands) {
        var answers = new ArrayList<String>(commands.size());
        int from = 0;
        while (from < commands.size()) {
            int to = from;
            int length = 0;
            while (to < commands.size()
                    && (to == from || length + commands.get(to).length() < LONGEST_LINE)) {
                length += commands.get(to).length() + 1;
                to++;
            }
            var some = commands.subList(from, to);
            answers.addAll(answers(talk(String.join(";", some) + ";" + LAST + "\n"), some.size()));
            from = to;
        }
        return answers;
    }

    /// Asks one question.
    String ask(String command) {
        return ask(List.of(command)).getFirst();
    }

    private String talk(String line) {
        try (Socket socket = host.reach(path)) {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            var out = socket.getOutputStream();
            out.write(line.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new RuntimeUnavailable(
                    "The balancer of %s does not answer on %s: %s"
                            .formatted(host.address(), path, e.getMessage()),
                    e);
        }
    }

    /// @throws RuntimeUnavailable if there are fewer than were asked for: it ended meanwhile
    private List<String> answers(String said, int count) {
        var all = new ArrayList<String>(count);
        var answer = new StringBuilder();
        for (var line : said.lines().toList()) {
            if (!line.isEmpty()) {
                answer.append(answer.isEmpty() ? "" : "\n").append(line);
            } else if (all.size() < count) {
                all.add(answer.toString());
                answer.setLength(0);
            }
        }
        if (all.size() < count) {
            throw new RuntimeUnavailable(
                    "The balancer of %s answered %d of %d commands"
                            .formatted(host.address(), all.size(), count));
        }
        return all;
    }
}
