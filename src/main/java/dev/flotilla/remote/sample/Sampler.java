package dev.flotilla.remote.sample;

import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.Peer;
import dev.flotilla.remote.link.Scripts;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Reads figures through one shell that is kept open on the node: a few forks a sample, however
/// many containers there are. 20 ms for 50 containers, where Docker's own API takes 800. A shell
/// tells an id in full once.
final class Sampler implements AutoCloseable {
    /// Starts a shell on the node, or fails.
    interface Start {
        Peer shell(Argv command) throws IOException;
    }

    private static final String SCRIPT = "sample.sh";
    private static final String END = "end";

    /// As much of an id as a sample shows.
    private static final int SHORT = 16;

    private final String where;
    private final Start start;
    private final Supplier<String> engineFolder;
    private Map<String, String> names = new HashMap<>();
    private @Nullable Peer shell;
    private @Nullable BufferedReader output;

    /// @param engineFolder where the engine keeps its images
    Sampler(String where, Start start, Supplier<String> engineFolder) {
        this.where = where;
        this.start = start;
        this.engineFolder = engineFolder;
    }

    /// Every line of one sample, with ids in full; see `sample.sh` for their forms.
    synchronized List<String> lines() {
        try {
            var reader = opened();
            var lines = new ArrayList<String>();
            var seen = new HashMap<String, String>();
            for (var line = reader.readLine(); !END.equals(line); line = reader.readLine()) {
                if (line == null) {
                    throw new IOException("the shell ended");
                }
                var words = line.split(" ", 3);
                switch (words[0]) {
                    case "id" -> names.put(shortened(words[1]), words[1]);
                    case "c" -> {
                        var name = names.getOrDefault(words[1], words[1]);
                        seen.put(words[1], name);
                        lines.add("c " + name + " " + words[2]);
                    }
                    default -> lines.add(line);
                }
            }
            names = seen;
            return lines;
        } catch (IOException e) {
            close();
            throw new RuntimeUnavailable(
                    "No figures can be read on %s: %s".formatted(where, e.getMessage()), e);
        }
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(id.length(), SHORT));
    }

    /// Asks for one more sample, of a new shell if need be.
    private BufferedReader opened() throws IOException {
        var running = shell;
        var reader = output;
        if (running == null || reader == null) {
            running =
                    start.shell(
                            Argv.of(
                                    "sh",
                                    "-c",
                                    Scripts.text(Sampler.class, SCRIPT),
                                    "sample",
                                    "",
                                    engineFolder.get()));
            reader =
                    new BufferedReader(
                            new InputStreamReader(running.output(), StandardCharsets.UTF_8));
            shell = running;
            output = reader;
            names = new HashMap<>();
        }
        running.input().write('\n');
        running.input().flush();
        return reader;
    }

    @Override
    public synchronized void close() {
        var running = shell;
        if (running != null) {
            running.close();
        }
        shell = null;
        output = null;
    }
}
