package dev.flotilla.remote.engine;

import com.github.dockerjava.transport.DockerHttpClient;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.function.Function;

/// The HTTP of Docker's API over whatever [DockerSocket] opens, with connections kept alive in a
/// pool. An upgraded connection (exec, attach) is not its business.
final class HttpOverSocket implements DockerHttpClient {
    /// As many requests of one node at a time; more only wait in the engine.
    private static final int MOST_CONNECTIONS = 64;

    private static final HttpHost ENGINE =
            new HttpHost("http", InetAddress.getLoopbackAddress(), "docker", 80);

    private final Pool pool;
    private final CloseableHttpClient http;
    private final Function<Request, Timeout> patience;

    /// @param patience for each read of the answer to a request; disabled for a stream
    HttpOverSocket(DockerSocket way, Function<Request, Timeout> patience) {
        this.patience = patience;
        this.pool = new Pool(way);
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setDefaultMaxPerRoute(MOST_CONNECTIONS);
        this.http =
                HttpClients.custom()
                        .setConnectionManager(pool)
                        .disableAutomaticRetries()
                        .disableContentCompression()
                        .disableCookieManagement()
                        .disableRedirectHandling()
                        .disableAuthCaching()
                        .build();
    }

    @Override
    public Response execute(Request request) {
        if (request.hijackedInput() != null) {
            throw new UnsupportedOperationException("no upgrade over a pooled connection");
        }
        var message = message(request);
        try {
            return new HttpAnswer(message, http.executeOpen(ENGINE, message, null));
        } catch (IOException e) {
            // One broken connection means that all are: the link or the engine is gone.
            pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
            throw new UncheckedIOException(e);
        }
    }

    private HttpUriRequestBase message(Request request) {
        var message =
                new HttpUriRequestBase(
                        request.method(), URI.create("http://docker" + request.path()));
        request.headers().forEach(message::setHeader);
        var timeout = patience.apply(request);
        message.setConfig(
                RequestConfig.custom()
                        .setResponseTimeout(timeout)
                        .setConnectionRequestTimeout(
                                timeout.isDisabled() ? Timeout.ofSeconds(30) : timeout)
                        .build());
        var bytes = request.bodyBytes();
        var stream = request.body();
        if (bytes != null) {
            message.setEntity(new ByteArrayEntity(bytes, null));
        } else if (stream != null) {
            message.setEntity(new StreamEntity(stream));
        }
        return message;
    }

    @Override
    public void close() {
        pool.close();
    }

    /// The public constructors hide the socket factory.
    private static final class Pool extends PoolingHttpClientConnectionManager {
        Pool(DockerSocket way) {
            super(
                    new DefaultHttpClientConnectionOperator(
                            _ -> opened(way), null, null, _ -> null),
                    PoolConcurrencyPolicy.STRICT,
                    PoolReusePolicy.LIFO,
                    TimeValue.ofMinutes(5),
                    null);
        }

        private static Socket opened(DockerSocket way) {
            try {
                return way.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
