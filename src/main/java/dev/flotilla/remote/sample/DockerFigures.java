package dev.flotilla.remote.sample;

import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.Sample;
import dev.flotilla.remote.engine.Engine;
import dev.flotilla.remote.link.NodeHost;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// What a node and its containers use: from the node's own files, and from its engine where those
/// can't be read.
public final class DockerFigures implements AutoCloseable {
    private final Engine engine;
    private final NodeHost host;
    private final InstantSource time;
    private final Sampler sampler;

    public DockerFigures(Engine engine, NodeHost host, InstantSource time) {
        this.engine = engine;
        this.host = host;
        this.time = time;
        this.sampler = new Sampler(engine.where(), host::start, this::folder);
    }

    /// @param running ids of containers that have figures
    public Sample sample(Set<String> running) {
        var sample = Figures.of(figures(), time.instant());
        var missing = running.stream().filter(id -> !sample.containers().containsKey(id)).toList();
        return missing.isEmpty() ? sample : EngineStats.completed(engine, sample, missing);
    }

    /// On a computer without `/proc` and a shell there are none, and the engine is asked alone.
    private List<String> figures() {
        try {
            return sampler.lines();
        } catch (RuntimeUnavailable e) {
            if (host instanceof NodeHost.Far) {
                throw e;
            }
            return List.of();
        }
    }

    /// Where the engine keeps its images.
    private String folder() {
        var said =
                engine.ask(
                        "describe itself",
                        c -> {
                            var root = c.infoCmd().exec().getDockerRootDir();
                            return root == null ? "" : root;
                        });
        return said.isEmpty() ? "/var/lib/docker" : said;
    }

    @Override
    public void close() {
        sampler.close();
    }
}
