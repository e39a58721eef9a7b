package dev.flotilla.registry.tree;

import java.math.BigDecimal;
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

    private Quantities() {}

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
