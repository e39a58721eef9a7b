package dev.flotilla.remote.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import dev.flotilla.node.Check;
import dev.flotilla.remote.link.NodeHost;
import dev.flotilla.server.pki.Pki;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A probe over TLS, against a real server whose certificate nobody vouches for.
class SecureCheckTest {
    private static final char[] NO_SECRET = "none".toCharArray();

    private final Checker checker = new Checker(new NodeHost.Here()::dial);

    @TempDir Path temp;
    private HttpsServer web;

    @BeforeEach
    void serve() throws IOException, GeneralSecurityException {
        web = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.setHttpsConfigurator(new HttpsConfigurator(context()));
        web.createContext(
                "/",
                exchange -> {
                    boolean well = exchange.getRequestURI().getPath().equals("/well");
                    exchange.sendResponseHeaders(well ? 200 : 503, -1);
                    exchange.close();
                });
        web.start();
    }

    @AfterEach
    void stop() {
        web.stop(0);
    }

    @Test
    void asksWhetherSomebodyIsThereNotWho() {
        assertThat(ask("/well", false)).isEqualTo(Check.Answer.WELL);
        assertThat(ask("/other", false).words())
                .isEqualTo("HTTP probe failed with statuscode: 503");
    }

    @Test
    void aHookIsContentWithEveryAnswer() {
        assertThat(ask("/other", true)).isEqualTo(Check.Answer.WELL);
    }

    private Check.Answer ask(String path, boolean any) {
        return checker.ask(
                new Check.Http(
                        true,
                        "127.0.0.1",
                        web.getAddress().getPort(),
                        path,
                        List.of(),
                        any,
                        Duration.ofSeconds(10)));
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        var own = Pki.open(temp, "127.0.0.1", List.of(), Instant.now()).server();
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, NO_SECRET);
        keys.setKeyEntry("server", own.key(), NO_SECRET, new Certificate[] {own.certificate()});
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, NO_SECRET);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
