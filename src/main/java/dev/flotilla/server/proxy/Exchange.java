package dev.flotilla.server.proxy;

import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Departure;
import dev.flotilla.server.call.Refusal;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.io.CloseMode;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One request that is handed on, and the answer to it, both as they come.
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final int AT_ONCE = 32 * 1024;

    private final Call call;
    private final Way way;
    private final Backend to;

    Exchange(Call call, Way way, Backend to) {
        this.call = call;
        this.way = way;
        this.to = to;
    }

    void run() throws IOException {
        var socket = connected();
        var connection = new DefaultBHttpClientConnection(Http1Config.DEFAULT);
        try {
            connection.bind(socket);
            ask(connection);
            try (var _ = Departure.of(call.request(), () -> close(socket))) {
                var answer = answer(connection);
                begin(answer);
                if (MessageSupport.canResponseHaveBody(call.method(), answer)) {
                    pass(connection, answer);
                }
            }
            Content.Sink.write(call.response(), true, ByteBuffer.allocate(0));
        } catch (HttpException e) {
            throw unreachable(e);
        } finally {
            connection.close(CloseMode.IMMEDIATE);
            close(socket);
        }
    }

    private Socket connected() {
        try {
            return to.connect();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static Refusal unreachable(Exception e) {
        return Refusal.unavailable("error trying to reach service: " + e.getMessage());
    }

    /// Who answers before he has heard all is listened to all the same.
    private void ask(DefaultBHttpClientConnection connection) throws IOException, HttpException {
        var request = request();
        try {
            connection.sendRequestHeader(request);
            if (request.getEntity() != null) {
                connection.sendRequestEntity(request);
            }
            connection.flush();
        } catch (IOException e) {
            LOG.debug("{} did not hear all of a request", to.authority(), e);
        }
    }

    private ClassicHttpRequest request() throws IOException {
        var query = call.request().getHttpURI().getQuery();
        var path = way.rest().isEmpty() ? "/" : way.rest();
        var request =
                new BasicClassicHttpRequest(
                        call.method(), query == null ? path : path + "?" + query);
        Forwarded.ask(call, way, request::addHeader);
        long length = call.request().getLength();
        var body = new PushbackInputStream(Content.Source.asInputStream(call.request()));
        if (length > 0) {
            request.addHeader("Content-Length", length);
            request.setEntity(new InputStreamEntity(body, length, null));
        } else if (length < 0 && !isAtEnd(body)) {
            request.addHeader("Transfer-Encoding", "chunked");
            request.setEntity(new InputStreamEntity(body, -1, null));
        } else if (length == 0 && call.request().getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
            request.addHeader("Content-Length", 0);
        }
        return request;
    }

    private static boolean isAtEnd(PushbackInputStream body) throws IOException {
        int first = body.read();
        if (first >= 0) {
            body.unread(first);
        }
        return first < 0;
    }

    private ClassicHttpResponse answer(DefaultBHttpClientConnection connection)
            throws HttpException {
        try {
            var answer = connection.receiveResponseHeader();
            while (answer.getCode() < 200) {
                answer = connection.receiveResponseHeader();
            }
            return answer;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private void begin(ClassicHttpResponse answer) {
        var hop = new ArrayList<String>();
        for (var field : answer.getHeaders("Connection")) {
            hop.addAll(List.of(field.getValue().split(",", -1)));
        }
        call.response().setStatus(answer.getCode());
        var headers = call.response().getHeaders();
        var authority = call.request().getHttpURI().getAuthority();
        for (var field : answer.getHeaders()) {
            if (field.getName().equalsIgnoreCase("Location")) {
                headers.put(
                        field.getName(),
                        way.outside(field.getValue(), List.of(to.authority(), authority)));
            } else if (Forwarded.goesBack(field.getName(), hop)) {
                headers.add(field.getName(), field.getValue());
            }
        }
    }

    private void pass(DefaultBHttpClientConnection connection, ClassicHttpResponse answer)
            throws IOException, HttpException {
        connection.receiveResponseEntity(answer);
        if (answer.getEntity() == null) {
            return;
        }
        try (InputStream in = answer.getEntity().getContent()) {
            var buffer = new byte[AT_ONCE];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                Content.Sink.write(call.response(), false, ByteBuffer.wrap(buffer, 0, n));
            }
        }
    }

    private void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A connection to {} did not close", to.authority(), e);
        }
    }

    /// A client that forgot the `/` is told to ask with it, so that links on the page lead
    /// somewhere.
    ///
    /// @return whether it was
    static boolean sentOn(Call call, Way way) throws IOException {
        boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
        if (!way.rest().isEmpty() || !reads) {
            return false;
        }
        var query = call.request().getHttpURI().getQuery();
        call.response()
                .getHeaders()
                .put(HttpHeader.LOCATION, way.prefix() + "/" + (query == null ? "" : "?" + query));
        Answer.nothing(call.response(), 301);
        return true;
    }
}
