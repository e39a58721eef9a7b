package dev.flotilla.remote.image;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/// An archive of an engine without some of its entries, while it is read: what `save.pl` does on a
/// node, done here.
final class LeanTar extends InputStream {
    private static final int RECORD = 512;
    private static final int LARGEST_WORDS = 1 << 20;
    private static final Pattern SIZE = Pattern.compile("^\\d+ size=(\\d+)$", Pattern.MULTILINE);

    /// What only engines of long ago asked for.
    private static final Pattern OLD = Pattern.compile("[0-9a-f]{64}/(VERSION|json)");

    private final InputStream from;
    private final Set<String> without;

    /// What goes out before more is read: heads of entries.
    private byte[] ready = new byte[0];

    private int at;

    /// Bytes of the present entry that are still to come.
    private long left;

    private boolean ended;

    /// @param without names of files, and of folders with a slash at the end
    LeanTar(InputStream from, Set<String> without) {
        this.from = from;
        this.without = without;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
        while (at == ready.length && left == 0) {
            if (ended) {
                return -1;
            }
            next();
        }
        if (at < ready.length) {
            int n = Math.min(length, ready.length - at);
            System.arraycopy(ready, at, buffer, start, n);
            at += n;
            return n;
        }
        int n = from.read(buffer, start, (int) Math.min(length, left));
        if (n < 0) {
            throw tooEarly();
        }
        left -= n;
        return n;
    }

    /// Goes to the next entry that is wanted, or to the end.
    private void next() throws IOException {
        var held = new byte[0];
        long size = -1;
        while (true) {
            var head = bytes(RECORD);
            if (isZero(head)) {
                ended = true;
                give(new byte[2 * RECORD]);
                from.transferTo(OutputStream.nullOutputStream());
                return;
            }
            if (!text(head, 257, 5).equals("ustar")) {
                throw new IOException("the engine stopped: " + text(head, 0, RECORD).strip());
            }
            long own = number(head);
            char type = (char) head[156];
            if (type == 'x' || type == 'g' || type == 'L' || type == 'K') {
                if (own > LARGEST_WORDS) {
                    throw new IOException("the engine's archive is damaged");
                }
                var words = bytes((int) padded(own));
                var found = SIZE.matcher(new String(words, StandardCharsets.UTF_8));
                if (type == 'x' && found.find()) {
                    size = Long.parseLong(found.group(1));
                }
                held = joined(held, head, words);
                continue;
            }
            long all = padded(size < 0 ? own : size);
            if (isWanted(name(head))) {
                give(joined(held, head));
                left = all;
                return;
            }
            from.skipNBytes(all);
            held = new byte[0];
            size = -1;
        }
    }

    private boolean isWanted(String name) {
        int slash = name.indexOf('/');
        return !without.contains(name)
                && !(slash >= 0 && without.contains(name.substring(0, slash + 1)))
                && !OLD.matcher(name).matches();
    }

    private void give(byte[] bytes) {
        ready = bytes;
        at = 0;
    }

    private byte[] bytes(int count) throws IOException {
        var all = from.readNBytes(count);
        if (all.length < count) {
            throw tooEarly();
        }
        return all;
    }

    private static EOFException tooEarly() {
        return new EOFException("the engine's archive ended too early");
    }

    private static String name(byte[] head) {
        var prefix = text(head, 345, 155);
        return prefix.isEmpty() ? text(head, 0, 100) : prefix + "/" + text(head, 0, 100);
    }

    private static long number(byte[] head) {
        if ((head[124] & 0x80) == 0) {
            var digits = text(head, 124, 12).strip();
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        }
        long number = head[124] & 0x7f;
        for (int i = 125; i < 136; i++) {
            number = (number << 8) | (head[i] & 0xff);
        }
        return number;
    }

    private static long padded(long size) {
        return size + (-size & (RECORD - 1));
    }

    private static String text(byte[] head, int from, int most) {
        int end = from;
        while (end < from + most && head[end] != 0) {
            end++;
        }
        return new String(head, from, end - from, StandardCharsets.UTF_8);
    }

    private static boolean isZero(byte[] head) {
        for (byte b : head) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        from.close();
    }
}
