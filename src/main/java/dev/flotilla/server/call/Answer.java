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
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Writes an answer: in JSON or YAML, indented or packed as the client likes it.
public final class Answer {
    private static final int WORTH_PACKING = 128 * 1024;

    /// A client that reads slowly but steadily is not taken for one that reads nothing.
    private static final int AT_ONCE = 512 * 1024;

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
        packed(call, code, syntax.mediaType, bytes);
    }

    /// Sends what may be long.
    static void packed(Call call, int code, String contentType, byte[] body) throws IOException {
        var bytes = body;
        var accepted = call.request().getHeaders().get(HttpHeader.ACCEPT_ENCODING);
        if (bytes.length >= WORTH_PACKING && accepted != null && accepted.contains("gzip")) {
            bytes = packed(bytes);
            call.response().getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
            call.response().getHeaders().put(HttpHeader.VARY, "Accept-Encoding");
        }
        send(call.response(), code, contentType, bytes);
    }

    /// An answer that is all in its headers.
    public static void nothing(Response response, int code) throws IOException {
        response.setStatus(code);
        Content.Sink.write(response, true, ByteBuffer.allocate(0));
    }

    public static void send(Response response, int code, String contentType, byte[] body)
            throws IOException {
        // Lists and secrets have no place in a cache on the way.
        send(response, code, contentType, body, "no-cache, private");
    }

    /// @param caching how it may be kept on the way
    public static void send(
            Response response, int code, String contentType, byte[] body, String caching)
            throws IOException {
        response.setStatus(code);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, caching);
        var from = 0;
        for (; body.length - from > AT_ONCE; from += AT_ONCE) {
            Content.Sink.write(response, false, ByteBuffer.wrap(body, from, AT_ONCE));
        }
        Content.Sink.write(response, true, ByteBuffer.wrap(body, from, body.length - from));
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

    private static byte[] packed(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length / 4);
        try (var gzip = new Fastest(out)) {
            gzip.write(bytes);
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
