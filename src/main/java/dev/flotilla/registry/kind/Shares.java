package dev.flotilla.registry.kind;

import tools.jackson.databind.JsonNode;

import java.math.BigInteger;
import java.util.regex.Pattern;

/// A number of pods, or a share of them: `3` or `25%`.
public final class Shares {
    private static final Pattern PERCENT = Pattern.compile("[0-9]+%");
    private static final Pattern SOME = Pattern.compile("0*[1-9][0-9]*%|[+-]?0*[1-9][0-9]*");
    private static final BigInteger MANY = BigInteger.valueOf(1000);

    private Shares() {}

    public static void check(JsonNode value, String field, Problems problems) {
        if (value.isString() && !PERCENT.matcher(value.stringValue()).matches()) {
            problems.invalid(
                    field,
                    value,
                    "a valid percent string must be a numeric string followed by an ending '%'"
                            + " (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
        } else if (value.isIntegralNumber() && value.bigIntegerValue().signum() < 0) {
            problems.invalid(field, value, "must be greater than or equal to 0");
        }
    }

    /// That a share is not more than everything.
    public static void atMostAll(JsonNode value, String field, Problems problems) {
        if (percent(value) > 100) {
            problems.invalid(field, value, "must not be greater than 100%");
        }
    }

    private static long percent(JsonNode value) {
        var text = value.asString("");
        return PERCENT.matcher(text).matches()
                ? new BigInteger(text.substring(0, text.length() - 1)).min(MANY).longValue()
                : 0;
    }

    /// Whether it comes to nothing, as does what can't be read.
    public static boolean none(JsonNode value) {
        return value.isIntegralNumber()
                ? value.bigIntegerValue().signum() == 0
                : !SOME.matcher(value.asString("")).matches();
    }
}
