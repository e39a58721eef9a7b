package dev.flotilla.remote.sample;

import com.github.dockerjava.api.model.Statistics;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.Sample;
import dev.flotilla.node.Sample.Usage;
import dev.flotilla.remote.engine.Engine;
import dev.flotilla.remote.engine.Parallel;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Figures from the engine itself, for containers whose cgroups can't be read: slow, but it works
/// wherever the engine runs.
final class EngineStats {
    private EngineStats() {}

    /// `sample` with the figures of `missing`. Where the node's own figures are lacking too, the
    /// sum of its containers stands in.
    static Sample completed(Engine engine, Sample sample, List<String> missing) {
        var containers = new HashMap<>(sample.containers());
        Parallel.map(missing, id -> one(engine, id).map(use -> Map.entry(id, use))).stream()
                .flatMap(Optional::stream)
                .forEach(e -> containers.put(e.getKey(), e.getValue()));
        long cpu = sample.nodeCpuNanos();
        long memory = sample.nodeMemoryBytes();
        return new Sample(
                sample.time(),
                cpu > 0 ? cpu : containers.values().stream().mapToLong(Usage::cpuNanos).sum(),
                memory > 0
                        ? memory
                        : containers.values().stream().mapToLong(Usage::memoryBytes).sum(),
                containers,
                sample.supply());
    }

    private static Optional<Usage> one(Engine engine, String id) {
        var what = "tell the figures of container " + id;
        try (var response =
                engine.raw(what, "GET", "/containers/" + id + "/stats?stream=false&one-shot=1")) {
            return Optional.of(
                    usage(engine.json().readValue(response.getBody(), Statistics.class)));
        } catch (RefusedByEngine _) {
            return Optional.empty();
        } catch (IOException e) {
            throw engine.unavailable(what, e);
        }
    }

    private static Usage usage(Statistics s) {
        long rx = 0;
        long tx = 0;
        if (s.getNetworks() != null) {
            for (var network : s.getNetworks().values()) {
                rx += or0(network.getRxBytes());
                tx += or0(network.getTxBytes());
            }
        }
        var cpu = s.getCpuStats() == null ? null : s.getCpuStats().getCpuUsage();
        var memory = s.getMemoryStats();
        var details = memory == null ? null : memory.getStats();
        long inactive =
                details == null
                        ? 0
                        : Math.max(
                                or0(details.getTotalInactiveFile()),
                                or0(details.getInactiveFile()));
        return new Usage(
                cpu == null ? 0 : or0(cpu.getTotalUsage()),
                memory == null ? 0 : Math.max(0, or0(memory.getUsage()) - inactive),
                rx,
                tx);
    }

    private static long or0(@Nullable Long n) {
        return n == null ? 0 : n;
    }
}
