package dev.flotilla.remote.image;

import com.github.dockerjava.transport.DockerHttpClient;

import dev.flotilla.node.image.ImageParts;
import dev.flotilla.remote.engine.DockerSocket;
import dev.flotilla.remote.engine.Engine;
import dev.flotilla.remote.link.NodeHost;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/// Images' archives on their way out of an engine and into one.
///
/// @param socket the way to it
record Archives(Engine engine, DockerSocket socket) {
    private static final Map<String, String> TAR = Map.of("content-type", "application/x-tar");

    /// See [dev.flotilla.node.image.ImageStore#save]. What may be missing is left out on the
    /// engine's own machine, before it goes over the line; if that machine can't do so, here.
    InputStream save(String image, ImageParts parts, int have) {
        var what = "save the image " + image;
        var path = "/images/" + image + "/get";
        var here = Instant.EPOCH.atZone(ZoneId.systemDefault()).getOffset();
        try {
            if (socket instanceof DockerSocket.OverSsh(var link, var far)) {
                var thin =
                        ThinSave.open(
                                new NodeHost.Far(link),
                                far,
                                path,
                                zone -> SavedNames.of(parts.layers(), have, zone));
                if (thin.isPresent()) {
                    return thin.get();
                }
            }
        } catch (IOException e) {
            throw engine.unavailable(what, e);
        }
        var names = SavedNames.of(parts.layers(), have, here);
        names.addAll(SavedNames.of(parts.layers(), have, ZoneOffset.UTC));
        var response = engine.raw(what, "GET", path);
        return new LeanTar(
                new FilterInputStream(response.getBody()) {
                    @Override
                    public void close() throws IOException {
                        response.close();
                    }
                },
                names);
    }

    /// @return the engine's account of it
    DockerHttpClient.Response load(InputStream archive) throws IOException {
        try (var body = packed(archive)) {
            return engine.raw("load an image", "POST", "/images/load?quiet=1", TAR, body);
        }
    }

    private InputStream packed(InputStream archive) throws IOException {
        return switch (socket) {
            case DockerSocket.OverSsh(var link, _) -> Packed.of(archive, new Line(link)::isSlow);
            case DockerSocket.Local _ -> archive;
        };
    }
}
