package dev.flotilla.node.net;

/// A range of IPv4 addresses, `10.42.3.0/24`.
///
/// @param base its first address
public record Cidr(int base, int prefix) {
    /// @throws IllegalArgumentException if it is no network, or too small or too large a one
    public Cidr {
        if (prefix < 1 || prefix > 30 || (base & ~mask(prefix)) != 0) {
            throw new IllegalArgumentException(
                    ip(base) + "/" + prefix + " is not a network of 4 to 2^31 addresses");
        }
    }

    /// @param text such as `10.42.0.0/16`
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a CIDR such as 10.42.0.0/16: " + text);
        }
        try {
            return new Cidr(
                    number(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a CIDR such as 10.42.0.0/16: " + text, e);
        }
    }

    /// How many addresses it has.
    int size() {
        return 1 << (32 - prefix);
    }

    /// Its `n`th address.
    public String address(int n) {
        return ip(base + n);
    }

    boolean contains(String address) {
        return !address.isEmpty() && (number(address) & mask(prefix)) == base;
    }

    /// The place of an address that it contains.
    int indexOf(String address) {
        return number(address) - base;
    }

    /// Its `n`th part of the given length.
    Cidr part(int length, int n) {
        return new Cidr(base + (n << (32 - length)), length);
    }

    int parts(int length) {
        return 1 << (length - prefix);
    }

    @Override
    public String toString() {
        return ip(base) + "/" + prefix;
    }

    private static int mask(int prefix) {
        return -1 << (32 - prefix);
    }

    private static String ip(int n) {
        return (n >>> 24) + "." + (n >>> 16 & 255) + "." + (n >>> 8 & 255) + "." + (n & 255);
    }

    private static int number(String address) {
        var bytes = address.split("\\.", -1);
        if (bytes.length != 4) {
            throw new IllegalArgumentException("not an IPv4 address: " + address);
        }
        int n = 0;
        for (var text : bytes) {
            int b = Integer.parseInt(text);
            if (b < 0 || b > 255) {
                throw new IllegalArgumentException("not an IPv4 address: " + address);
            }
            n = n << 8 | b;
        }
        return n;
    }
}
