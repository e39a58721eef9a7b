package dev.flotilla.remote.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.node.Sample;
import dev.flotilla.node.Sample.Usage;
import dev.flotilla.node.Supply.Stock;
import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.NodeHost;
import dev.flotilla.remote.link.Scripts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// The script of a sample in a real shell, on trees as the kernel makes them, and what is read of
/// it.
@EnabledOnOs(OS.LINUX)
class FiguresTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final Instant NOW = Instant.ofEpochSecond(1000);

    @TempDir private Path root;

    @Test
    void readsControlGroupsOfVersion1() throws IOException {
        node();
        file("sys/fs/cgroup/cpuacct/docker/" + A + "/cpuacct.usage", "5000000000\n");
        file("sys/fs/cgroup/cpuacct/docker/" + A + "/cgroup.procs", "77\n78\n");
        file("sys/fs/cgroup/memory/docker/" + A + "/memory.usage_in_bytes", "9000\n");
        file(
                "sys/fs/cgroup/memory/docker/" + A + "/memory.stat",
                "cache 1\ninactive_file 10\ntotal_inactive_file 4000\n");
        traffic(77, 123, 456);

        assertThat(sample().containers()).containsOnlyKeys(A);
        assertThat(sample().containers())
                .containsEntry(A, new Usage(5_000_000_000L, 5000, 123, 456));
    }

    @Test
    void readsControlGroupsOfVersion2UnderBothDrivers() throws IOException {
        node();
        for (var folder : new String[] {"docker/" + A, "system.slice/docker-" + B + ".scope"}) {
            file("sys/fs/cgroup/" + folder + "/cpu.stat", "usage_usec 250\nuser_usec 100\n");
            file("sys/fs/cgroup/" + folder + "/memory.current", "8192\n");
            file("sys/fs/cgroup/" + folder + "/memory.stat", "anon 1\ninactive_file 192\n");
            file("sys/fs/cgroup/" + folder + "/cgroup.procs", "91\n");
        }
        traffic(91, 7, 8);

        assertThat(sample().containers()).containsOnlyKeys(A, B);
        assertThat(sample().containers()).containsEntry(A, new Usage(250_000, 8000, 0, 0));
        assertThat(sample().containers()).containsEntry(B, new Usage(250_000, 8000, 7, 8));
    }

    @Test
    void readsTheNodeAndManySamplesOfOneShell() throws IOException {
        node();
        var sampler = sampler();
        var first = Figures.of(sampler.lines(), NOW);
        assertThat(first.nodeCpuNanos()).isEqualTo((1 + 2 + 3 + 6 + 7 + 8) * 10_000_000L);
        assertThat(first.nodeMemoryBytes()).isEqualTo((1000 - 400) * 1024);
        assertThat(first.containers()).isEmpty();
        file("proc/meminfo", "MemTotal: 1000 kB\nMemFree: 1 kB\nMemAvailable: 300 kB\n");
        assertThat(Figures.of(sampler.lines(), NOW).nodeMemoryBytes()).isEqualTo(700 * 1024);
        sampler.close();
    }

    @Test
    void readsWhatIsLeft() throws IOException {
        node();
        file("proc/loadavg", "0.1 0.2 0.3 2/700 4711\n");
        file("proc/sys/kernel/pid_max", "4000\n");
        file("proc/sys/kernel/threads-max", "1000\n");
        var supply = sample().supply();
        assertThat(supply.memory()).isEqualTo(new Stock(1000 * 1024, 400 * 1024));
        assertThat(supply.pids()).isEqualTo(new Stock(1000, 300));
        var disk = Files.getFileStore(root);
        assertThat(supply.nodeDisk().total()).isEqualTo(disk.getTotalSpace());
        assertThat(supply.imageDisk().total()).isEqualTo(disk.getTotalSpace());
        assertThat(supply.nodeDisk().free()).isPositive().isLessThan(disk.getTotalSpace());
        assertThat(supply.nodeInodes().free()).isPositive();
    }

    private Sample sample() {
        try (var sampler = sampler()) {
            return Figures.of(sampler.lines(), NOW);
        }
    }

    private Sampler sampler() {
        return new Sampler(
                "here",
                _ ->
                        new NodeHost.Here()
                                .start(
                                        Argv.of(
                                                "sh",
                                                "-c",
                                                Scripts.text(Sampler.class, "sample.sh"),
                                                "s",
                                                "" + root)),
                () -> "/");
    }

    private void node() throws IOException {
        file("proc/stat", "cpu  1 2 3 400 500 6 7 8 9 10\ncpu0 1 2 3 4 5 6 7 8 0 0\n");
        file("proc/meminfo", "MemTotal: 1000 kB\nMemFree: 1 kB\nMemAvailable: 400 kB\nX: 1 kB\n");
    }

    private void traffic(int pid, long rx, long tx) throws IOException {
        file(
                "proc/" + pid + "/net/dev",
                """
                Inter-|   Receive
                    lo: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0
                  eth0: %d 9 0 0 0 0 0 0 %d 5 0 0 0 0 0 0
                """
                        .formatted(rx, tx));
    }

    private void file(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
