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

/// The lines of `sample.sh` as a [Sample]. Pure.
final class Figures {
    /// A tick of `/proc/stat`: Linux shows 100 a second on every architecture.
    private static final long TICK_NANOS = 10_000_000;

    private final Map<String, Usage> containers = new HashMap<>();
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
        return new Sample(
                time,
                figures.cpuNanos,
                figures.total - figures.available,
                figures.containers,
                figures.supply());
    }

    private void take(String line) {
        var words = line.split("\\s+");
        switch (words[0]) {
            case "c" -> containers.put(words[1], usage(words));
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
            default -> {}
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

    /// `c ID CPU MEMORY INACTIVE RECEIVED SENT`; the kernel's count of what files could give back
    /// may be ahead of its count of all.
    private static Usage usage(String[] words) {
        var cpu = words[2];
        long nanos = cpu.endsWith("u") ? 1000 * number(cpu.replace("u", "")) : number(cpu);
        long memory = Math.max(0, number(words[3]) - number(words[4]));
        return new Usage(nanos, memory, number(words[5]), number(words[6]));
    }

    private static long number(String word) {
        return word.equals("-") ? 0 : Long.parseLong(word);
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
}
