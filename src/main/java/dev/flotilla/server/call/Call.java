package dev.flotilla.server.call;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// One request on its way to its answer.
public record Call(
        Request request, Response response, Identity who, String path, Query query, Bodies bodies) {
    /// As Kubernetes limits it.
    static final int MAX_BODY = 3 * 1024 * 1024;

    /// Room for most bodies whose length is not said.
    private static final int SMALL_BODY = 2048;

    private static final String PLAIN_TYPES = "application/json, application/yaml";

    public String method() {
        return request.getMethod();
    }

    public List<MediaType> accepted() {
        return MediaType.accepted(request.getHeaders().getValuesList(HttpHeader.ACCEPT));
    }

    public Form form() {
        return Form.of(accepted());
    }

    /// The form of an answer that can't be a table or metadata alone.
    public Form plainForm() {
        return Form.plain(accepted());
    }

    public @Nullable String contentType() {
        return request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    }

    /// The object with what it gave twice.
    ///
    /// @param as what it is taken for, if it says nothing else
    public Sent<ObjectNode> sent(Expected as) throws IOException {
        return bodies.sent(body(), contentType(), as);
    }

    /// @throws Refusal 400 if it is of another kind
    public ObjectNode object(Expected as) throws IOException {
        return as.in(bodies.object(body(), contentType(), as));
    }

    /// For kinds that can't be written in protobuf.
    ///
    /// @throws Refusal 406 for who accepts nothing else, 415 for who sends it
    public void refuseProtobuf() {
        var said = contentType();
        var written = method().equals("POST") || method().equals("PUT");
        if (written && said != null && MediaType.of(said).name().equals(Bodies.PROTOBUF)) {
            throw Refusal.unsupportedMedia(PLAIN_TYPES);
        }
        if (accepted().stream()
                .allMatch(t -> t.name().equals(Bodies.PROTOBUF) && t.parameter("as").isEmpty())) {
            throw Refusal.notAcceptable(PLAIN_TYPES);
        }
    }

    /// @throws Refusal 413 if it is too large
    public byte[] body() throws IOException {
        // Not closed: that would fail what is left of the body, see Leftovers.
        var in = Content.Source.asInputStream(request);
        long length = request.getLength();
        if (length >= 0 && length <= MAX_BODY) {
            var body = new byte[(int) length];
            int read = in.readNBytes(body, 0, body.length);
            if (read < body.length || in.read() >= 0) {
                throw new IOException("the body was not of the length that was said");
            }
            return body;
        }
        var body = new byte[SMALL_BODY];
        for (int read = 0; ; ) {
            read += in.readNBytes(body, read, body.length - read);
            if (read < body.length) {
                return Arrays.copyOf(body, read);
            }
            if (read > MAX_BODY) {
                throw Refusal.tooLarge(MAX_BODY);
            }
            body = Arrays.copyOf(body, Math.min(2 * body.length, MAX_BODY + 1));
        }
    }

    /// Says something to the person at the other end, beside the answer.
    public void warn(String text) {
        Warnings.add(response.getHeaders(), text);
    }

    public void answer(int code, JsonNode body) throws IOException {
        Answer.send(this, code, body, form().syntax());
    }
}
