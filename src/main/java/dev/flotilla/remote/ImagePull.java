package dev.flotilla.remote;

import com.github.dockerjava.api.model.PullResponseItem;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Pulls an image and reads the engine's account of it to the end, for an error may come late.
final class ImagePull {
    private ImagePull() {}

    static void run(Engine engine, String image) {
        var what = "pull the image " + image;
        try (var response = engine.raw(what, "POST", path(image));
                var account =
                        engine.json()
                                .readerFor(PullResponseItem.class)
                                .<PullResponseItem>readValues(response.getBody())) {
            while (account.hasNextValue()) {
                var error = account.nextValue().getErrorDetail();
                if (error != null) {
                    throw new RefusedByEngine(String.valueOf(error.getMessage()).strip());
                }
            }
        } catch (IOException e) {
            throw engine.unavailable(what, e);
        }
    }

    /// With no tag the engine would pull every tag there is.
    static String path(String image) {
        boolean exact = image.contains("@") || image.lastIndexOf(':') > image.lastIndexOf('/');
        return "/images/create?fromImage="
                + URLEncoder.encode(exact ? image : image + ":latest", StandardCharsets.UTF_8);
    }
}
