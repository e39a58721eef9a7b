package dev.flotilla.server.call;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

import java.io.IOException;

/// The rest of a body that is refused. It is read before the answer, because a client that is cut
/// off while it writes often doesn't hear why.
public final class Leftovers {
    /// Who sends more than this is cut off.
    private static final int MOST = 32 * 1024 * 1024;

    private Leftovers() {}

    public static void read(Request request) throws IOException {
        var in = Content.Source.asInputStream(request);
        var buffer = new byte[64 * 1024];
        for (long left = MOST; left > 0; ) {
            var read = in.read(buffer);
            if (read < 0) {
                return;
            }
            left -= read;
        }
    }
}
