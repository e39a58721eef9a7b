package dev.flotilla.remote.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.errand.Stop;
import dev.flotilla.node.image.BuildOrder;
import dev.flotilla.node.image.ImageName;
import dev.flotilla.node.image.ImageParts;
import dev.flotilla.node.image.ImageStore;
import dev.flotilla.node.image.PullProgress;
import dev.flotilla.node.image.RegistryLogin;
import dev.flotilla.node.image.StoredImage;
import dev.flotilla.remote.engine.DockerSocket;
import dev.flotilla.remote.engine.Engine;
import dev.flotilla.remote.engine.Parallel;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The images of a Docker Engine.
///
/// @param socket the way to it
public record DockerImages(Engine engine, DockerSocket socket) implements ImageStore {
    private static final String NO_NAME = "<none>";
    private static final Map<String, String> TAR = Map.of("content-type", "application/x-tar");

    @Override
    public Optional<StoredImage> find(String image) {
        return engine.ask(
                "inspect the image " + image,
                c -> {
                    try {
                        var found = c.inspectImageCmd(image).exec();
                        var size = found.getSize();
                        return Optional.of(
                                new StoredImage(
                                        String.valueOf(found.getId()),
                                        orEmpty(found.getRepoTags()),
                                        orEmpty(found.getRepoDigests()),
                                        size == null ? 0 : size));
                    } catch (NotFoundException _) {
                        return Optional.empty();
                    }
                });
    }

    public boolean has(String image) {
        return find(image).isPresent();
    }

    /// Whom its containers run as; empty if the image doesn't say or isn't there.
    public String userOf(String image) {
        return engine.ask(
                "look for the user of image " + image,
                c -> {
                    try {
                        var config = c.inspectImageCmd(image).exec().getConfig();
                        var user = config == null ? null : config.getUser();
                        return user == null ? "" : user;
                    } catch (NotFoundException _) {
                        return "";
                    }
                });
    }

    /// Returns when the engine has it.
    ///
    /// @throws RefusedByEngine if it can't get it
    public void pull(
            String image, @Nullable RegistryLogin login, Consumer<PullProgress.Layer> progress) {
        ImagePull.run(engine, image, login, progress);
    }

    @Override
    public List<StoredImage> all() {
        return list().stream().map(DockerImages::stored).toList();
    }

    @Override
    public Set<String> used() {
        return engine.ask(
                "list containers",
                c ->
                        c.listContainersCmd().withShowAll(true).exec().stream()
                                .map(Container::getImageId)
                                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public List<List<String>> layers() {
        return Parallel.map(list(), i -> layers(i.getId())).stream()
                .filter(l -> !l.isEmpty())
                .toList();
    }

    private List<String> layers(String id) {
        return engine.ask(
                "inspect the image " + id,
                c -> {
                    try {
                        var rootFs = c.inspectImageCmd(id).exec().getRootFS();
                        return rootFs == null ? List.of() : orEmpty(rootFs.getLayers());
                    } catch (NotFoundException _) {
                        return List.of();
                    }
                });
    }

    @Override
    public void tag(String id, String name) {
        var parsed = ImageName.parse(name);
        engine.tell(
                "tag the image " + name,
                c ->
                        c.tagImageCmd(
                                        id,
                                        parsed.repository(),
                                        parsed.tag().isEmpty() ? "latest" : parsed.tag())
                                .exec());
    }

    /// By its names one after the other: the engine removes no image by its id that has two.
    @Override
    public void remove(StoredImage image) {
        var names = image.names().isEmpty() ? List.of(image.id()) : image.names();
        for (var name : names) {
            engine.tell(
                    "remove the image " + name,
                    c -> {
                        try {
                            c.removeImageCmd(name).exec();
                        } catch (NotFoundException _) {
                            // Gone.
                        }
                    });
        }
    }

    @Override
    public Optional<ImageParts> parts(String image) {
        return engine.ask(
                "inspect the image " + image,
                c -> {
                    try {
                        var found = c.inspectImageCmd(image).exec();
                        var rootFs = found.getRootFS();
                        var machine = found.getArch();
                        return Optional.of(
                                new ImageParts(
                                        String.valueOf(found.getId()),
                                        machine == null ? "" : machine,
                                        rootFs == null ? List.of() : orEmpty(rootFs.getLayers())));
                    } catch (NotFoundException _) {
                        return Optional.empty();
                    }
                });
    }

    @Override
    public InputStream save(String image, ImageParts parts, int have) {
        return new Archives(engine, socket).save(image, parts, have);
    }

    @Override
    public void load(InputStream archive) {
        try (var answer = new Archives(engine, socket).load(archive)) {
            readAccount(answer.getBody(), DockerImages::requireUnpacked);
        } catch (IOException e) {
            throw engine.unavailable("load an image", e);
        }
    }

    @Override
    public void build(BuildOrder order, InputStream context, Consumer<String> output, Stop stop) {
        var what = "build the image " + order.name();
        var query = new StringBuilder("/build?rm=1&forcerm=1");
        query.append("&t=").append(encoded(order.name()));
        query.append("&dockerfile=").append(encoded(order.dockerfile()));
        query.append("&buildargs=")
                .append(encoded(engine.json().valueToTree(order.args()).toString()));
        try (var response = engine.raw(what, "POST", query.toString(), TAR, context)) {
            stop.whenAsked(response::close);
            readAccount(
                    response.getBody(),
                    said -> {
                        var text = said.path("stream").asText("");
                        if (text.isEmpty() && !said.path("status").asText("").isEmpty()) {
                            text = said.path("status").asText("") + "\n";
                        }
                        output.accept(text);
                    });
        } catch (IOException e) {
            stop.check();
            throw engine.unavailable(what, e);
        }
        stop.check();
    }

    @Override
    public void importTar(InputStream tar, String name, List<String> changes) {
        var parsed = ImageName.parse(name);
        var what = "import the image " + name;
        var query = new StringBuilder("/images/create?fromSrc=-");
        query.append("&repo=").append(encoded(parsed.repository()));
        query.append("&tag=").append(parsed.tag().isEmpty() ? "latest" : parsed.tag());
        changes.forEach(c -> query.append("&changes=").append(encoded(c)));
        try (var response = engine.raw(what, "POST", query.toString(), TAR, tar)) {
            readAccount(response.getBody(), _ -> {});
        } catch (IOException e) {
            throw engine.unavailable(what, e);
        }
    }

    @Override
    public Map<String, Long> written(Collection<String> containers) {
        if (containers.isEmpty()) {
            return Map.of();
        }
        var what = "tell what containers wrote";
        var filter = engine.json().valueToTree(Map.of("id", containers)).toString();
        var path = "/containers/json?all=1&size=1&filters=" + encoded(filter);
        try (var response = engine.raw(what, "GET", path)) {
            var sizes = new HashMap<String, Long>();
            for (var container : engine.json().readTree(response.getBody())) {
                sizes.put(container.path("Id").asText(), container.path("SizeRw").asLong(0));
            }
            return sizes;
        } catch (IOException e) {
            throw engine.unavailable(what, e);
        }
    }

    /// containerd's store takes a part for the whole, and only mentions what it lacks.
    private static void requireUnpacked(JsonNode said) {
        var text = said.path("stream").asText("");
        if (text.startsWith("Error unpacking image")) {
            throw new RefusedByEngine(text.strip());
        }
    }

    /// The engine tells of a failure in an account that begins well.
    private void readAccount(InputStream body, Consumer<JsonNode> listener) throws IOException {
        try (var account = engine.json().readerFor(JsonNode.class).<JsonNode>readValues(body)) {
            while (account.hasNextValue()) {
                var said = account.nextValue();
                var error = said.path("error").asText("");
                if (!error.isEmpty()) {
                    throw new RefusedByEngine(error.strip());
                }
                listener.accept(said);
            }
        }
    }

    private List<Image> list() {
        return engine.ask("list images", c -> c.listImagesCmd().exec());
    }

    private static StoredImage stored(Image image) {
        var size = image.getSize();
        return new StoredImage(
                image.getId(),
                named(image.getRepoTags()),
                named(image.getRepoDigests()),
                size == null ? 0 : size);
    }

    private static List<String> named(String @Nullable [] names) {
        return names == null
                ? List.of()
                : Stream.of(names).filter(n -> !n.contains(NO_NAME)).toList();
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
