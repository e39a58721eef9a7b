package dev.flotilla.registry.kind;

import org.jspecify.annotations.Nullable;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// IP addresses and blocks of them, as text; nothing is ever looked up.
public final class Addresses {
    private static final Pattern V4 =
            Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern BLOCK = Pattern.compile("([^/]+)/([0-9]{1,3})");

    private Addresses() {}

    /// The address that the text writes; empty for a name or anything else.
    public static Optional<InetAddress> parse(String text) {
        var v4 = V4.matcher(text);
        if (v4.matches()) {
            var bytes = new byte[4];
            for (int i = 0; i < 4; i++) {
                int part = Integer.parseInt(v4.group(i + 1));
                if (part > 255) {
                    return Optional.empty();
                }
                bytes[i] = (byte) part;
            }
            return Optional.ofNullable(of(bytes));
        }
        if (!V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static boolean isV4(String text) {
        return parse(text).filter(Inet4Address.class::isInstance).isPresent();
    }

    public static boolean isV6(String text) {
        return parse(text).filter(a -> !(a instanceof Inet4Address)).isPresent();
    }

    /// A block such as `10.0.0.0/8`, with its address cut to the prefix; empty for anything else.
    public static Optional<Block> block(String text) {
        var m = BLOCK.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(m.group(2));
        return parse(m.group(1))
                .map(InetAddress::getAddress)
                .filter(a -> prefix <= a.length * 8)
                .map(a -> new Block(Block.cut(a, prefix), prefix));
    }

    public static void checkIp(String text, String field, Problems problems) {
        if (parse(text).isEmpty()) {
            problems.invalid(
                    field, text, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
    }

    public static void checkBlock(String text, String field, Problems problems) {
        if (block(text).isEmpty()) {
            problems.invalid(
                    field, text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
    }

    /// An address that others can reach: not loopback, link-local or none at all.
    public static void checkOrdinary(String text, String field, Problems problems) {
        var parsed = parse(text);
        if (parsed.isEmpty()) {
            problems.invalid(field, text, "must be a valid IP address");
            return;
        }
        var ip = parsed.get();
        if (ip.isAnyLocalAddress()) {
            problems.invalid(field, text, "may not be unspecified (" + text + ")");
        }
        if (ip.isLoopbackAddress()) {
            problems.invalid(
                    field, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (ip.isLinkLocalAddress()) {
            problems.invalid(
                    field, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        if (ip.isMCLinkLocal()) {
            problems.invalid(
                    field,
                    text,
                    "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    private static @Nullable InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException e) {
            return null;
        }
    }
}
