package dev.flotilla.server;

import dev.flotilla.server.pki.Credential;
import dev.flotilla.server.pki.Pki;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A plain HTTPS client that knows the server's authority.
record Https(URI server, HttpClient client, @Nullable String token) implements AutoCloseable {

    /// An answer with its body as a tree.
    record Reply(int code, JsonNode json, HttpResponse<String> response) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    static Https withToken(URI server, Pki pki) {
        return withToken(server, pki, HttpClient.Version.HTTP_2);
    }

    static Https withToken(URI server, Pki pki, HttpClient.Version version) {
        return of(server, pki, null, pki.token(), version);
    }

    static Https of(
            URI server,
            Pki pki,
            @Nullable Credential credential,
            @Nullable String token,
            HttpClient.Version version) {
        try {
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", pki.authority().certificate());
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            var tls = SSLContext.getInstance("TLS");
            tls.init(keys(credential), trust.getTrustManagers(), null);
            var client = HttpClient.newBuilder().sslContext(tls).version(version).build();
            return new Https(server, client, token);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyManager @Nullable [] keys(@Nullable Credential credential)
            throws GeneralSecurityException, IOException {
        if (credential == null) {
            return null;
        }
        var own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                "me",
                credential.key(),
                new char[0],
                new X509Certificate[] {credential.certificate()});
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, new char[0]);
        return keys.getKeyManagers();
    }

    Reply get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    Reply post(String path, String json, String... headers) {
        return send(
                request(path, headers)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    Reply put(String path, String json) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json)));
    }

    Reply patch(String path, String type, String patch) {
        return send(
                request(path)
                        .header("Content-Type", "application/" + type)
                        .method("PATCH", BodyPublishers.ofString(patch)));
    }

    Reply delete(String path) {
        return send(request(path).DELETE());
    }

    HttpRequest.Builder request(String path, String... headers) {
        var builder =
                HttpRequest.newBuilder(URI.create(server + path)).timeout(Duration.ofSeconds(60));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    Reply send(HttpRequest.Builder request) {
        var response = send(request, BodyHandlers.ofString());
        var type = response.headers().firstValue("Content-Type").orElse("");
        var json = type.startsWith("application/json");
        return new Reply(
                response.statusCode(),
                json
                        ? JsonMapper.shared().readTree(response.body())
                        : JsonMapper.shared().nullNode(),
                response);
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new AssertionError("no answer from " + server, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
