package dev.flotilla.traffic.haproxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What leads a running proxy from one configuration to the next.
public sealed interface Step {
    /// It does what it should.
    record Nothing() implements Step {}

    /// To be said to its socket, in order, several in a line with `; ` between them; the file is to
    /// be written all the same.
    ///
    /// @param commands answered with nothing, or `New server registered.`
    /// @param later takes away servers that rest; refused while a connection to one is left, and
    ///   then to be tried again
    record Commands(List<String> commands, List<String> later) implements Step {
        public Commands {
            commands = List.copyOf(commands);
            later = List.copyOf(later);
        }
    }

    /// It must read its file anew. No connection is lost by that.
    record Reload() implements Step {}

    static Step between(Config before, Config after) {
        if (after.reshaped(before)) {
            return new Reload();
        }
        var commands = new ArrayList<String>();
        var later = new ArrayList<String>();
        for (int i = 0; i < after.sections().size(); i++) {
            servers(before.sections().get(i), after.sections().get(i), commands, later);
        }
        return commands.isEmpty() && later.isEmpty()
                ? new Nothing()
                : new Commands(commands, later);
    }

    /// Who comes may work before who goes may not: at no moment is there none.
    private static void servers(
            Section before, Section after, List<String> commands, List<String> later) {
        var old = byPath(before);
        var rest = new ArrayList<String>();
        for (var line : after.servers()) {
            var known = old.remove(line.path());
            if (known == null) {
                commands.add(line.added());
                commands.add("enable health " + line.path());
            }
            boolean rested = known == null || known.server().draining();
            if (rested && !line.server().draining()) {
                commands.add("set server " + line.path() + " state ready");
            } else if (!rested && line.server().draining()) {
                rest.add("set server " + line.path() + " state maint");
            }
        }
        for (var gone : old.values()) {
            if (!gone.server().draining()) {
                rest.add("set server " + gone.path() + " state maint");
            }
            later.add("del server " + gone.path());
        }
        commands.addAll(rest);
    }

    private static Map<String, ServerLine> byPath(Section section) {
        var lines = new LinkedHashMap<String, ServerLine>();
        section.servers().forEach(line -> lines.put(line.path(), line));
        return lines;
    }
}
