package dev.flotilla.registry.tree;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Kubernetes' quantities: `250m`, `1.5`, `512Mi`, `1e3`.
public final class Quantities {
    private static final Pattern FORM =
            Pattern.compile(
                    "([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))(?:([eE][+-]?[0-9]{1,2})"
                            + "|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?)");
    private static final Map<String, BigDecimal> UNITS =
            Map.ofEntries(
                    Map.entry("n", new BigDecimal("1e-9")),
                    Map.entry("u", new BigDecimal("1e-6")),
                    Map.entry("m", new BigDecimal("1e-3")),
                    Map.entry("k", new BigDecimal("1e3")),
                    Map.entry("M", new BigDecimal("1e6")),
                    Map.entry("G", new BigDecimal("1e9")),
                    Map.entry("T", new BigDecimal("1e12")),
                    Map.entry("P", new BigDecimal("1e15")),
                    Map.entry("E", new BigDecimal("1e18")),
                    Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
                    Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
                    Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
                    Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
                    Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
                    Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    private static final List<String> DECIMAL =
            List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final BigDecimal KI = BigDecimal.valueOf(1024);

    private Quantities() {}

    /// The one way Kubernetes writes this amount: no fraction, the largest unit that allows it, of
    /// the family (decimal, binary, exponent) that it was given in. What is no quantity stays.
    public static String canonical(String text) {
        var m = FORM.matcher(text);
        var parsed = parse(text);
        if (parsed.isEmpty() || !m.matches()) {
            return text;
        }
        var amount = parsed.get().setScale(9, RoundingMode.UP);
        var unit = m.group(3);
        if (unit != null && unit.endsWith("i") && amount.abs().compareTo(KI) >= 0) {
            return binary(amount);
        }
        return decimal(amount, m.group(2) != null);
    }

    private static String binary(BigDecimal amount) {
        var rest = amount.setScale(0, RoundingMode.UP).toBigInteger();
        int unit = 0;
        while (unit < BINARY.size() - 1 && rest.mod(KI.toBigInteger()).signum() == 0) {
            rest = rest.divide(KI.toBigInteger());
            unit++;
        }
        return rest + BINARY.get(unit);
    }

    private static String decimal(BigDecimal amount, boolean exponent) {
        if (amount.signum() == 0) {
            return "0";
        }
        var plain = amount.stripTrailingZeros();
        int power = Math.min(Math.floorDiv(-plain.scale(), 3) * 3, 18);
        var number = plain.scaleByPowerOfTen(-power).toBigInteger();
        if (exponent) {
            return power == 0 ? number.toString() : number + "e" + power;
        }
        return number + DECIMAL.get(power / 3 + 3);
    }

    /// The amount in units; empty if it is no quantity.
    public static Optional<BigDecimal> parse(String text) {
        var m = FORM.matcher(text);
        if (text.length() > 64 || !m.matches()) {
            return Optional.empty();
        }
        var exponent = m.group(2);
        if (exponent != null) {
            return Optional.of(new BigDecimal(m.group(1) + exponent));
        }
        var unit = m.group(3);
        var number = new BigDecimal(m.group(1));
        return Optional.of(unit == null ? number : number.multiply(UNITS.get(unit)));
    }
}
