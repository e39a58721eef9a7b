package dev.flotilla.registry.kind;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// The addresses that share a prefix.
///
/// @param network the first of them, as bytes
/// @param prefix how many bits they share
@SuppressWarnings("ArrayRecordComponent") // made here alone, and never changed
public record Block(byte[] network, int prefix) {
    static byte[] cut(byte[] address, int prefix) {
        var bytes = address.clone();
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return bytes;
    }

    public boolean contains(InetAddress address) {
        var bytes = address.getAddress();
        return bytes.length == network.length && Arrays.equals(cut(bytes, prefix), network);
    }

    /// Whether every address of `other` is here, and some here are not there.
    public boolean strictlyContains(Block other) {
        return other.prefix > prefix
                && other.network.length == network.length
                && Arrays.equals(cut(other.network, prefix), network);
    }

    /// How many addresses there are, with the first and the last; no more than 2^62 is told.
    public long size() {
        return 1L << Math.min(62, network.length * 8 - prefix);
    }

    /// The address `offset` after the first.
    public String address(long offset) {
        var sum = new BigInteger(1, network).add(BigInteger.valueOf(offset)).toByteArray();
        var bytes = new byte[network.length];
        int length = Math.min(sum.length, bytes.length);
        System.arraycopy(sum, sum.length - length, bytes, bytes.length - length, length);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    /// How far the address lies after the first.
    public long offset(InetAddress address) {
        return new BigInteger(1, address.getAddress())
                .subtract(new BigInteger(1, network))
                .longValue();
    }

    @Override
    public String toString() {
        return address(0) + "/" + prefix;
    }
}
