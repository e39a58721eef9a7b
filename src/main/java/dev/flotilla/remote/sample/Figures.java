package dev.flotilla.remote.sample;

import dev.flotilla.node.Sample;
import dev.flotilla.node.Sample.Usage;
import dev.flotilla.node.Supply;
import dev.flotilla.node.Supply.Stock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The lines of `sample.sh` as a [Sample]. Pure.
final class Figures {
    private static final Pattern ID = Pattern.compile("[/-]([0-9a-f]{64})(?:\\.scope)?/");
    private static final Pattern NETWORK =
            Pattern.compile("/proc/(\\d+)/net/dev: *eth0: *(\\d+)(?: +\\d+){7} +(\\d+)");

    /// A tick of `/proc/stat`: Linux shows 100 a second on every architecture.
    private static final long TICK_NANOS = 10_000_000;

    private final Map<String, Figure> containers = new HashMap<>();
    private final Map<String, String> idByPid = new HashMap<>();
    private long cpuNanos;
    private long total;
    private long available;
    private final List<Stock> disks = new ArrayList<>();
    private final List<Stock> inodes = new ArrayList<>();
    private Stock pids = Stock.UNKNOWN;

    private Figures() {}

    static Sample of(List<String> lines, Instant time) {
        var figures = new Figures();
        lines.forEach(figures::take);
        var uses = new HashMap<String, Usage>();
        figures.containers.forEach((id, f) -> uses.put(id, f.usage()));
        return new Sample(
                time, figures.cpuNanos, figures.total - figures.available, uses, figures.supply());
    }

    private void take(String line) {
        var words = line.split("\\s+");
        switch (words[0]) {
            case "pid" -> id(words[2]).ifPresent(id -> idByPid.put(words[1], id));
            case "stat" -> cpuNanos = busy(words) * TICK_NANOS;
            case "mem" -> {
                long bytes = Long.parseLong(words[2]) * 1024;
                if (words[1].equals("MemTotal:")) {
                    total = bytes;
                } else {
                    available = bytes;
                }
            }
            case "disk" -> disk(words);
            case "pids" -> {
                long most = Math.min(Long.parseLong(words[2]), Long.parseLong(words[3]));
                pids = new Stock(most, Math.max(0, most - Long.parseLong(words[1])));
            }
            default -> ofContainer(line);
        }
    }

    /// `disk BLOCKSIZE BLOCKS AVAILABLE INODES FREE`, of the node's own filesystem first.
    private void disk(String[] words) {
        long block = Long.parseLong(words[1]);
        disks.add(new Stock(Long.parseLong(words[2]) * block, Long.parseLong(words[3]) * block));
        inodes.add(new Stock(Long.parseLong(words[4]), Long.parseLong(words[5])));
    }

    private Supply supply() {
        return new Supply(
                new Stock(total, available),
                disks.isEmpty() ? Stock.UNKNOWN : disks.getFirst(),
                inodes.isEmpty() ? Stock.UNKNOWN : inodes.getFirst(),
                disks.isEmpty() ? Stock.UNKNOWN : disks.getLast(),
                inodes.isEmpty() ? Stock.UNKNOWN : inodes.getLast(),
                pids);
    }

    private void ofContainer(String line) {
        var net = NETWORK.matcher(line);
        if (net.find()) {
            var id = idByPid.get(net.group(1));
            if (id != null) {
                figure(id).rx = Long.parseLong(net.group(2));
                figure(id).tx = Long.parseLong(net.group(3));
            }
            return;
        }
        int colon = line.lastIndexOf(':');
        if (colon < 0) {
            return;
        }
        var path = line.substring(0, colon);
        var value = line.substring(colon + 1).split(" ");
        id(path).ifPresent(id -> figure(id).take(path.substring(path.lastIndexOf('/') + 1), value));
    }

    private Figure figure(String id) {
        return containers.computeIfAbsent(id, _ -> new Figure());
    }

    private static Optional<String> id(String path) {
        var found = ID.matcher(path);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /// user nice system idle iowait irq softirq steal: all but idle and iowait. What guests used is
    /// in user already.
    private static long busy(String[] words) {
        long sum = 0;
        for (int i = 1; i < Math.min(words.length, 9); i++) {
            if (i != 4 && i != 5) {
                sum += Long.parseLong(words[i]);
            }
        }
        return sum;
    }

    private static final class Figure {
        private long cpu;
        private long memory;
        private long inactive;
        private long rx;
        private long tx;

        void take(String file, String[] value) {
            long n = Long.parseLong(value[value.length - 1]);
            switch (file) {
                case "cpuacct.usage" -> cpu = n;
                case "cpu.stat" -> cpu = n * 1000;
                case "memory.usage_in_bytes", "memory.current" -> memory = n;
                case "memory.stat" -> {
                    // Version 1 has both; the total is the one that counts children.
                    if (value[0].equals("total_inactive_file") || inactive == 0) {
                        inactive = n;
                    }
                }
                default -> {}
            }
        }

        Usage usage() {
            return new Usage(cpu, Math.max(0, memory - inactive), rx, tx);
        }
    }
}
