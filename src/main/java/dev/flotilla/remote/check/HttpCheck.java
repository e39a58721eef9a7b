package dev.flotilla.remote.check;

import dev.flotilla.node.Check;
import dev.flotilla.node.Check.Answer;

import org.apache.hc.client5.http.ssl.TrustAllStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnectionFactory;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.ssl.SSLContexts;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;

/// One GET over a connection of its own. A probe takes any certificate, as Kubernetes' does: it
/// asks whether somebody is there, not who.
final class HttpCheck {
    private static final int MOST_WORDS = 1024;

    private HttpCheck() {}

    static Answer ask(Check.Http check, Dialer dialer) throws IOException {
        try (var plain = dialer.dial(check.address(), check.port(), check.timeout())) {
            plain.setSoTimeout(Math.toIntExact(check.timeout().toMillis()));
            try (var socket = check.tls() ? secured(plain, check) : plain) {
                return ask(check, socket);
            }
        } catch (HttpException | GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Answer ask(Check.Http check, Socket socket) throws IOException, HttpException {
        var request = new BasicClassicHttpRequest("GET", check.path());
        request.setHeader("Host", check.address() + ":" + check.port());
        request.setHeader("Connection", "close");
        request.setHeader("Accept", "*/*");
        for (var header : check.headers()) {
            int colon = header.indexOf(':');
            request.setHeader(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        try (var connection =
                        DefaultBHttpClientConnectionFactory.builder()
                                .build()
                                .createConnection(socket);
                var response =
                        new HttpRequestExecutor()
                                .execute(request, connection, HttpCoreContext.create())) {
            int code = response.getCode();
            if (check.anyAnswer() || (code >= 200 && code < 400)) {
                return Answer.WELL;
            }
            var entity = response.getEntity();
            if (entity != null) {
                EntityUtils.toString(entity, MOST_WORDS);
            }
            return Answer.unwell("HTTP probe failed with statuscode: " + code);
        }
    }

    private static Socket secured(Socket plain, Check.Http check)
            throws IOException, GeneralSecurityException {
        var context = SSLContexts.custom().loadTrustMaterial(TrustAllStrategy.INSTANCE).build();
        return context.getSocketFactory().createSocket(plain, check.address(), check.port(), true);
    }
}
