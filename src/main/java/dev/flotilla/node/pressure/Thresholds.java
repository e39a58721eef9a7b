package dev.flotilla.node.pressure;

import dev.flotilla.node.Supply;
import dev.flotilla.node.Supply.Stock;

import io.fabric8.kubernetes.api.model.Quantity;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// The least that a node must have left of each thing, written as Kubernetes writes `evictionHard`.
public final class Thresholds {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /// Kubernetes' own, and 5 % of the processes, for which it has none.
    public static final String USUAL =
            "memory.available<100Mi,nodefs.available<10%,nodefs.inodesFree<5%,"
                    + "imagefs.available<15%,imagefs.inodesFree<5%,pid.available<5%";

    public static final Thresholds DEFAULT = parse(USUAL);

    private final Map<Signal, Least> all;

    /// @param amount 0 if it is a share
    /// @param share of all there is
    private record Least(long amount, BigDecimal share) {
        long of(long total) {
            return amount > 0 ? amount : share.multiply(BigDecimal.valueOf(total)).longValue();
        }
    }

    private Thresholds(Map<Signal, Least> all) {
        this.all = Collections.unmodifiableMap(all);
    }

    /// Such as `memory.available<500Mi,nodefs.available<1%`. What is not named may run out; so may
    /// what is said to need 0 or 100 %, as in Kubernetes.
    ///
    /// @throws IllegalArgumentException if it is not written so, in words
    public static Thresholds parse(String text) {
        var all = new EnumMap<Signal, Least>(Signal.class);
        for (var part : text.split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int at = part.indexOf('<');
            if (at < 0) {
                throw wrong(part, "it has no <");
            }
            var signal =
                    Signal.named(part.substring(0, at).strip())
                            .orElseThrow(() -> wrong(part, "the signals are " + Signal.names()));
            var least = least(part, part.substring(at + 1).strip());
            if (least.amount > 0 || least.share.signum() > 0) {
                all.put(signal, least);
            }
        }
        return new Thresholds(all);
    }

    private static Least least(String part, String value) {
        boolean isShare = value.endsWith("%");
        var number = number(part, isShare ? value.substring(0, value.length() - 1) : value);
        if (!isShare) {
            if (number.signum() <= 0) {
                throw wrong(part, "an amount is more than 0");
            }
            return new Least(number.longValue(), BigDecimal.ZERO);
        }
        if (number.signum() < 0 || number.compareTo(HUNDRED) > 0) {
            throw wrong(part, "a share is from 0% to 100%");
        }
        boolean all = number.compareTo(HUNDRED) == 0;
        return new Least(0, all ? BigDecimal.ZERO : number.movePointLeft(2));
    }

    private static BigDecimal number(String part, String text) {
        try {
            return Quantity.getAmountInBytes(Quantity.parse(text));
        } catch (IllegalArgumentException | ArithmeticException _) {
            throw wrong(part, "the value is a quantity, such as 500Mi, or a share, such as 5%");
        }
    }

    private static IllegalArgumentException wrong(String part, String why) {
        return new IllegalArgumentException(
                "'%s' is no eviction threshold: %s".formatted(part.strip(), why));
    }

    /// Those of these signals alone.
    Thresholds only(Set<Signal> signals) {
        var some = new EnumMap<Signal, Least>(Signal.class);
        some.putAll(all);
        some.keySet().retainAll(signals);
        return new Thresholds(some);
    }

    /// What must be left of that much; 0 for nothing.
    long of(Signal signal, Stock stock) {
        var least = all.get(signal);
        return least == null ? 0 : least.of(stock.total());
    }

    boolean isLow(Signal signal, Supply supply) {
        var now = signal.in(supply);
        return now.known() && now.free() < of(signal, now);
    }
}
