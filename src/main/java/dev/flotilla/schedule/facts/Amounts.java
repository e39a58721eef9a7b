package dev.flotilla.schedule.facts;

import io.fabric8.kubernetes.api.model.Quantity;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/// How much of each resource: a need, or room.
///
/// @param cpuMillis thousandths of one core
/// @param ephemeralBytes of `ephemeral-storage`
/// @param others by name, such as `nvidia.com/gpu`; never one of the three, nor `pods`
public record Amounts(
        long cpuMillis, long memoryBytes, long ephemeralBytes, Map<String, Long> others) {
    public static final Amounts NONE = new Amounts(0, 0, 0, Map.of());

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    /// What is less than one thousandth of a core, or one of anything else, counts as one.
    public static Amounts of(@Nullable Map<String, Quantity> quantities) {
        if (quantities == null || quantities.isEmpty()) {
            return NONE;
        }
        long cpu = 0;
        long memory = 0;
        long ephemeral = 0;
        var others = new TreeMap<String, Long>();
        for (var entry : quantities.entrySet()) {
            var amount = entry.getValue().getNumericalAmount();
            switch (entry.getKey()) {
                case "cpu" -> cpu = up(amount.multiply(THOUSAND));
                case "memory" -> memory = up(amount);
                case "ephemeral-storage" -> ephemeral = up(amount);
                case "pods" -> {}
                default -> others.put(entry.getKey(), up(amount));
            }
        }
        return new Amounts(cpu, memory, ephemeral, others.isEmpty() ? Map.of() : others);
    }

    public Amounts plus(Amounts other) {
        return joined(other, Long::sum);
    }

    public Amounts minus(Amounts other) {
        return joined(other, (a, b) -> a - b);
    }

    /// The larger of each.
    public Amounts most(Amounts other) {
        return joined(other, Math::max);
    }

    /// How much of a resource that is none of the three.
    public long other(String name) {
        return others.getOrDefault(name, 0L);
    }

    private Amounts joined(Amounts other, LongBinaryOperator join) {
        return new Amounts(
                join.applyAsLong(cpuMillis, other.cpuMillis),
                join.applyAsLong(memoryBytes, other.memoryBytes),
                join.applyAsLong(ephemeralBytes, other.ephemeralBytes),
                others.isEmpty() && other.others.isEmpty() ? Map.of() : joinedOthers(other, join));
    }

    private Map<String, Long> joinedOthers(Amounts other, LongBinaryOperator join) {
        var all = new TreeMap<String, Long>();
        others.forEach(
                (name, amount) -> all.put(name, join.applyAsLong(amount, other.other(name))));
        other.others.forEach(
                (name, amount) -> all.putIfAbsent(name, join.applyAsLong(other(name), amount)));
        all.values().removeIf(amount -> amount == 0);
        return all;
    }

    private static long up(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.CEILING).longValue();
    }
}
