package dev.flotilla.remote.engine;

import com.github.dockerjava.transport.DockerHttpClient;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One answer. What fits is read at once, so that its connection serves the next request.
final class HttpAnswer implements DockerHttpClient.Response {
    private static final int READ_AT_ONCE = 1 << 16;

    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final InputStream body;

    HttpAnswer(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
        this.request = request;
        this.response = response;
        this.body = body(response);
    }

    private static InputStream body(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        if (entity == null) {
            return InputStream.nullInputStream();
        }
        long length = entity.getContentLength();
        if (length < 0 || length > READ_AT_ONCE) {
            return entity.getContent();
        }
        try (var content = entity.getContent()) {
            return new ByteArrayInputStream(content.readAllBytes());
        }
    }

    @Override
    public int getStatusCode() {
        return response.getCode();
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName(), _ -> new ArrayList<>())
                    .add(header.getValue());
        }
        return headers;
    }

    @Override
    public InputStream getBody() {
        return body;
    }

    /// Closing the response alone would read a stream of events to its end.
    @Override
    public void close() {
        request.abort();
        try {
            response.close();
        } catch (IOException _) {
            // Aborted just now.
        }
    }
}
