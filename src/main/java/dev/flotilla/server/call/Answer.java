package dev.flotilla.server.call;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Writes an answer: in JSON or YAML, indented or packed as the client likes it.
public final class Answer {
    private static final int WORTH_PACKING = 128 * 1024;

    /// A client that reads slowly but steadily is not taken for one that reads nothing.
    private static final int AT_ONCE = 256 * 1024;

    /// Lists and secrets have no place in a cache on the way.
    private static final String PRIVATE = "no-cache, private";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final ObjectWriter PRETTY =
            JSON.writer()
                    .with(
                            new DefaultPrettyPrinter(
                                            Separators.createDefaultInstance()
                                                    .withObjectNameValueSpacing(
                                                            Separators.Spacing.AFTER))
                                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));
    private static final YAMLMapper YAML =
            YAMLMapper.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();

    private Answer() {}

    public static void send(Call call, int code, JsonNode body, Form.Syntax syntax)
            throws IOException {
        var bytes =
                switch (syntax) {
                    case JSON -> json(body, call.query().flag("pretty"));
                    case YAML -> YAML.writeValueAsBytes(body);
                };
        packed(call, code, syntax.mediaType, List.of(bytes));
    }

    /// Sends what may be long.
    ///
    /// @param pieces one after the other; they are not changed
    static void packed(Call call, int code, String contentType, List<byte[]> pieces)
            throws IOException {
        var accepted = call.request().getHeaders().get(HttpHeader.ACCEPT_ENCODING);
        if (length(pieces) < WORTH_PACKING || accepted == null || !accepted.contains("gzip")) {
            send(call.response(), code, contentType, pieces, PRIVATE);
            return;
        }
        call.response().getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
        call.response().getHeaders().put(HttpHeader.VARY, "Accept-Encoding");
        send(call.response(), code, contentType, packed(pieces));
    }

    /// An answer that is all in its headers.
    public static void nothing(Response response, int code) throws IOException {
        response.setStatus(code);
        Content.Sink.write(response, true, ByteBuffer.allocate(0));
    }

    public static void send(Response response, int code, String contentType, byte[] body)
            throws IOException {
        send(response, code, contentType, body, PRIVATE);
    }

    /// @param caching how it may be kept on the way
    public static void send(
            Response response, int code, String contentType, byte[] body, String caching)
            throws IOException {
        send(response, code, contentType, List.of(body), caching);
    }

    private static void send(
            Response response, int code, String contentType, List<byte[]> pieces, String caching)
            throws IOException {
        response.setStatus(code);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length(pieces));
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, caching);
        if (pieces.size() == 1 && pieces.getFirst().length <= AT_ONCE) {
            Content.Sink.write(response, true, ByteBuffer.wrap(pieces.getFirst()));
            return;
        }
        var slice = new byte[(int) Math.min(AT_ONCE, length(pieces))];
        int filled = 0;
        for (var piece : pieces) {
            for (int from = 0; from < piece.length; ) {
                if (filled == slice.length) {
                    Content.Sink.write(response, false, ByteBuffer.wrap(slice));
                    filled = 0;
                }
                int some = Math.min(piece.length - from, slice.length - filled);
                System.arraycopy(piece, from, slice, filled, some);
                from += some;
                filled += some;
            }
        }
        Content.Sink.write(response, true, ByteBuffer.wrap(slice, 0, filled));
    }

    private static long length(List<byte[]> pieces) {
        return pieces.stream().mapToLong(p -> p.length).sum();
    }

    /// Answers with a tag of the content, or only that it is the one the client has.
    public static void tagged(Call call, String contentType, byte[] body) throws IOException {
        var tag = "\"" + hash(body) + "\"";
        call.response().getHeaders().put(HttpHeader.ETAG, tag);
        call.response().getHeaders().put(HttpHeader.VARY, "Accept");
        var known = call.request().getHeaders().getValuesList(HttpHeader.IF_NONE_MATCH);
        if (known.contains(tag)) {
            call.response().setStatus(304);
            call.response().getHeaders().put(HttpHeader.CACHE_CONTROL, "public");
            Content.Sink.write(call.response(), true, ByteBuffer.allocate(0));
            return;
        }
        send(call.response(), 200, contentType, body);
    }

    private static String hash(byte[] body) {
        try {
            var sum = MessageDigest.getInstance("SHA-256").digest(body);
            return HexFormat.of().withUpperCase().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public static void text(Call call, String contentType, String text) throws IOException {
        text(call, 200, contentType, text);
    }

    public static void text(Call call, int code, String contentType, String text)
            throws IOException {
        send(call.response(), code, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param pretty for a person to read
    public static byte[] json(JsonNode body, boolean pretty) {
        if (!pretty) {
            return JSON.writeValueAsBytes(body);
        }
        return (PRETTY.writeValueAsString(body) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(List<byte[]> pieces) {
        var out = new ByteArrayOutputStream((int) (length(pieces) / 4));
        try (var gzip = new Fastest(out)) {
            for (var piece : pieces) {
                gzip.write(piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// The client waits longer for a better packing than for the bytes it would save.
    private static final class Fastest extends GZIPOutputStream {
        Fastest(ByteArrayOutputStream out) throws IOException {
            super(out, 32 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
