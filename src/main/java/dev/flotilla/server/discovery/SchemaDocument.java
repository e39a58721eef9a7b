package dev.flotilla.server.discovery;

import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;

import org.eclipse.jetty.http.HttpHeader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/// A document that never changes: kept packed, and not sent again to whoever has it.
final class SchemaDocument {
    private final String type;
    private final byte[] packed;
    private final byte[] plain;
    private final String hash;

    /// @param type its media type
    SchemaDocument(String type, byte[] bytes) {
        this.type = type;
        plain = bytes;
        packed = packed(bytes);
        try {
            var sum = MessageDigest.getInstance("SHA-512").digest(bytes);
            hash = HexFormat.of().withUpperCase().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
    }

    /// By which a changed document is told from this one.
    String hash() {
        return hash;
    }

    void send(Call call) throws IOException {
        send(call, "no-cache, private");
    }

    /// @param caching how it may be kept on the way
    void send(Call call, String caching) throws IOException {
        var headers = call.response().getHeaders();
        headers.put(HttpHeader.ETAG, "\"" + hash + "\"");
        headers.put(HttpHeader.VARY, "Accept, Accept-Encoding");
        var had = call.request().getHeaders().get(HttpHeader.IF_NONE_MATCH);
        if (had != null && had.contains("\"" + hash + "\"")) {
            headers.put(HttpHeader.CACHE_CONTROL, caching);
            Answer.nothing(call.response(), 304);
            return;
        }
        var accepted = call.request().getHeaders().get(HttpHeader.ACCEPT_ENCODING);
        boolean gzip = accepted != null && accepted.contains("gzip");
        if (gzip) {
            headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
        }
        Answer.send(call.response(), 200, type, gzip ? packed : plain, caching);
    }

    private static byte[] packed(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length / 8);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
