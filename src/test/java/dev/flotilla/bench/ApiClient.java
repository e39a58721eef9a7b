package dev.flotilla.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/// The JDK's HTTP/2 client of one API server, for what isn't the client's own cost.
record ApiClient(Target target, HttpClient http) {
    static ApiClient of(Target target) {
        return new ApiClient(target, HttpClient.newBuilder().sslContext(target.tls()).build());
    }

    static ApiClient of(Path kubeconfig) throws IOException, GeneralSecurityException {
        return of(Target.of(kubeconfig, List.of()));
    }

    Tap tap() {
        return new Tap(target.server(), target.token(), target.tls());
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

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(target.server() + path))
                .header("Authorization", "Bearer " + target.token());
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
