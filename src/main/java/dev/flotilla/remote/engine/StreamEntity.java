package dev.flotilla.remote.engine;

import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A body that is read while it is sent, in pieces as large as a connection takes at once: the
/// library's own are of 4 KB, each with a chunk's head and a packet of its own.
final class StreamEntity extends AbstractHttpEntity {
    private static final int AT_ONCE = 128 << 10;

    private final InputStream content;

    StreamEntity(InputStream content) {
        super((ContentType) null, null, true);
        this.content = content;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public long getContentLength() {
        return -1;
    }

    @Override
    public InputStream getContent() {
        return content;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (content) {
            var buffer = new byte[AT_ONCE];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                out.write(buffer, 0, n);
            }
        }
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
