package dev.flotilla.remote.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.model.PullResponseItem;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.image.ImageName;
import dev.flotilla.node.image.PullProgress;
import dev.flotilla.node.image.RegistryLogin;
import dev.flotilla.remote.engine.Engine;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Pulls an image and reads the engine's account of it to the end, for an error may come late.
final class ImagePull {
    private ImagePull() {}

    static void run(
            Engine engine,
            String image,
            @Nullable RegistryLogin login,
            Consumer<PullProgress.Layer> progress) {
        var what = "pull the image " + image;
        var headers =
                login == null
                        ? Map.<String, String>of()
                        : Map.of("X-Registry-Auth", auth(engine, login));
        try (var response = engine.raw(what, "POST", path(image), headers, null);
                var account =
                        engine.json()
                                .readerFor(PullResponseItem.class)
                                .<PullResponseItem>readValues(response.getBody())) {
            while (account.hasNextValue()) {
                var item = account.nextValue();
                var error = item.getErrorDetail();
                if (error != null) {
                    throw new RefusedByEngine(String.valueOf(error.getMessage()).strip());
                }
                tell(item, progress);
            }
        } catch (IOException e) {
            throw engine.unavailable(what, e);
        }
    }

    private static void tell(PullResponseItem item, Consumer<PullProgress.Layer> progress) {
        var id = item.getId();
        var stage = item.getStatus();
        if (id == null || stage == null || stage.startsWith("Pulling from")) {
            return;
        }
        var detail = item.getProgressDetail();
        progress.accept(
                new PullProgress.Layer(
                        id,
                        stage,
                        detail == null ? 0 : or0(detail.getCurrent()),
                        detail == null ? 0 : or0(detail.getTotal())));
    }

    private static long or0(@Nullable Long n) {
        return n == null ? 0 : n;
    }

    /// What the engine shows the registry: JSON in the Base64 that fits into a URL.
    private static String auth(Engine engine, RegistryLogin login) {
        var words = new TreeMap<String, String>();
        words.put("serveraddress", login.server());
        if (login.identityToken().isEmpty()) {
            words.put("username", login.username());
            words.put("password", login.password());
        } else {
            words.put("identitytoken", login.identityToken());
        }
        try {
            return Base64.getUrlEncoder().encodeToString(engine.json().writeValueAsBytes(words));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of words is JSON", e);
        }
    }

    /// With no tag the engine would pull every tag there is.
    static String path(String image) {
        return "/images/create?fromImage="
                + URLEncoder.encode(ImageName.withTag(image), StandardCharsets.UTF_8);
    }
}
