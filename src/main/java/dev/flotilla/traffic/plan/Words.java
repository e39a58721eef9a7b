package dev.flotilla.traffic.plan;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/// What may stand in a text that a proxy or a name server reads: names and addresses that can't be
/// anything else. The API refuses others too; nothing here relies on that.
public final class Words {
    private static final int LONGEST = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern ADDRESS = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern RANGE =
            Pattern.compile(BYTE + "(\\." + BYTE + "){3}/(3[0-2]|[12]?\\d)");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/_.~!$&()*+,;=:@%-]*");
    private static final int MOST_PORT = 65_535;

    private Words() {}

    /// A name without dots, as of namespaces and Services.
    public static boolean label(@Nullable String text) {
        return text != null && LABEL.matcher(text).matches();
    }

    /// A name of labels and dots, as of pods and hosts.
    public static boolean name(@Nullable String text) {
        return text != null && text.length() <= LONGEST && NAME.matcher(text).matches();
    }

    /// An IPv4 address.
    public static boolean address(@Nullable String text) {
        return text != null && ADDRESS.matcher(text).matches();
    }

    /// Of IPv4 addresses, such as 10.0.0.0/8.
    public static boolean range(@Nullable String text) {
        return text != null && RANGE.matcher(text).matches();
    }

    public static boolean port(@Nullable Integer number) {
        return number != null && number > 0 && number <= MOST_PORT;
    }

    /// Of a URL; no quote, space or sign that begins a comment is in it.
    public static boolean path(@Nullable String text) {
        return text != null && PATH.matcher(text).matches();
    }
}
