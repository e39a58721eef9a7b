package dev.flotilla.bench;

import tools.jackson.dataformat.yaml.YAMLMapper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A bare HTTP/2 client of one API server: it costs little beside what is measured.
///
/// @param server `https://host:port`
record ApiClient(String server, String token, SSLContext tls, HttpClient http) {
    static ApiClient of(Path kubeconfig) throws GeneralSecurityException, IOException {
        var config = new YAMLMapper().readTree(kubeconfig.toFile());
        var cluster = config.at("/clusters/0/cluster");
        var authority =
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(
                                        cluster.at("/certificate-authority-data").binaryValue()));
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority);
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return new ApiClient(
                cluster.at("/server").stringValue(),
                config.at("/users/0/user/token").stringValue(),
                tls,
                HttpClient.newBuilder().sslContext(tls).build());
    }

    String post(String path, String json) throws IOException, InterruptedException {
        return body(
                201,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build());
    }

    String patch(String path, String strategic) throws IOException, InterruptedException {
        return body(
                200,
                request(path)
                        .header("Content-Type", "application/strategic-merge-patch+json")
                        .method("PATCH", BodyPublishers.ofString(strategic))
                        .build());
    }

    void delete(String path) throws IOException, InterruptedException {
        body(200, request(path).DELETE().build());
    }

    String get(String path) throws IOException, InterruptedException {
        return body(200, request(path).GET().build());
    }

    /// Gets what is long and not looked at.
    void pass(String path) throws IOException, InterruptedException {
        var answer = http.send(request(path).GET().build(), BodyHandlers.discarding());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
    }

    Tap tap() {
        return new Tap(URI.create(server), token, tls);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path))
                .header("Authorization", "Bearer " + token);
    }

    private String body(int expected, HttpRequest request)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IOException(
                    request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
