package dev.flotilla.registry.tree;

import java.math.BigDecimal;
import java.util.Optional;

/// A quantity to reckon with. A sum is written as its first part was, unless that was 0.
///
/// @param value in units
/// @param binary whether it is written with `Ki`, `Mi` and so on
public record Amount(BigDecimal value, boolean binary) implements Comparable<Amount> {
    public static final Amount NONE = new Amount(BigDecimal.ZERO, false);
    public static final Amount ONE = new Amount(BigDecimal.ONE, false);
    private static final BigDecimal KI = BigDecimal.valueOf(1024);

    /// Empty if the text is no quantity.
    public static Optional<Amount> parse(String text) {
        return Quantities.parse(text).map(v -> new Amount(v, text.endsWith("i")));
    }

    public Amount plus(Amount other) {
        return new Amount(value.add(other.value), isNone() ? other.binary : binary);
    }

    public Amount minus(Amount other) {
        return new Amount(value.subtract(other.value), isNone() ? other.binary : binary);
    }

    public Amount times(int times) {
        return new Amount(value.multiply(BigDecimal.valueOf(times)), binary);
    }

    public boolean isNone() {
        return value.signum() == 0;
    }

    /// This one or the other, whichever is more.
    public Amount max(Amount other) {
        return value.compareTo(other.value) >= 0 ? this : other;
    }

    /// By what they amount to, however they are written.
    @Override
    public int compareTo(Amount other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return Quantities.canonical(
                binary && value.abs().compareTo(KI) >= 0
                        ? value.divide(KI).toPlainString() + "Ki"
                        : value.toPlainString());
    }
}
