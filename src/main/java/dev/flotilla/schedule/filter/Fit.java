package dev.flotilla.schedule.filter;

import dev.flotilla.schedule.facts.Amounts;
import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the pod requests must be free; a pod that asks for none of a resource fits where that
/// resource is overcommitted.
final class Fit implements NodeFilter {
    private static final String PLUGIN = "NodeResourcesFit";

    @Override
    public boolean admits(Shape pod, NodeView node) {
        var facts = node.known();
        var room = facts.room();
        var used = node.used();
        var need = pod.needs();
        return node.pods() < facts.podLimit()
                && fits(need.cpuMillis(), room.cpuMillis() - used.cpuMillis())
                && fits(need.memoryBytes(), room.memoryBytes() - used.memoryBytes())
                && fits(need.ephemeralBytes(), room.ephemeralBytes() - used.ephemeralBytes())
                && (need.others().isEmpty() || lacking(need, room, used).isEmpty());
    }

    @Override
    public List<Refusal> refusals(Shape pod, NodeView node) {
        var facts = node.known();
        var all = new ArrayList<Refusal>();
        if (node.pods() >= facts.podLimit()) {
            all.add(refusal("Too many pods", "holds its " + facts.podLimit() + " pods"));
        }
        var room = facts.room();
        var used = node.used();
        var need = pod.needs();
        long cpu = room.cpuMillis() - used.cpuMillis();
        if (!fits(need.cpuMillis(), cpu)) {
            all.add(
                    refusal(
                            "Insufficient cpu",
                            "needs "
                                    + Quantities.cores(need.cpuMillis())
                                    + " CPU, "
                                    + Quantities.cores(cpu)
                                    + " free"));
        }
        bytes("memory", "memory", need.memoryBytes(), room.memoryBytes() - used.memoryBytes(), all);
        bytes(
                "ephemeral-storage",
                "disk",
                need.ephemeralBytes(),
                room.ephemeralBytes() - used.ephemeralBytes(),
                all);
        lacking(need, room, used)
                .forEach(
                        name ->
                                all.add(
                                        refusal(
                                                "Insufficient " + name,
                                                "needs %d %s, %d free"
                                                        .formatted(
                                                                need.other(name),
                                                                name,
                                                                Math.max(
                                                                        0,
                                                                        room.other(name)
                                                                                - used.other(
                                                                                        name))))));
        return all;
    }

    private static void bytes(
            String name, String word, long need, long free, List<Refusal> refusals) {
        if (!fits(need, free)) {
            refusals.add(
                    refusal(
                            "Insufficient " + name,
                            "needs "
                                    + Quantities.bytes(need)
                                    + " "
                                    + word
                                    + ", "
                                    + Quantities.bytes(free)
                                    + " free"));
        }
    }

    private static List<String> lacking(Amounts need, Amounts room, Amounts used) {
        return need.others().entrySet().stream()
                .filter(n -> !fits(n.getValue(), room.other(n.getKey()) - used.other(n.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean fits(long need, long free) {
        return need == 0 || need <= free;
    }

    private static Refusal refusal(String reason, String sentence) {
        return new Refusal(PLUGIN, reason, sentence, false);
    }
}
