package dev.flotilla.remote.image;

import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.image.DockerConfig;
import dev.flotilla.node.image.ImageName;
import dev.flotilla.node.image.Keyring;
import dev.flotilla.node.image.LocalLogins;
import dev.flotilla.node.image.RegistryLogin;
import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.LocalCommand;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What `docker login` left on this computer: `config.json`, and the programs it names, which keep
/// passwords better. Read anew each time: a login that was made a moment ago counts.
public final class DockerLogins implements LocalLogins {
    private static final Logger LOG = LoggerFactory.getLogger(DockerLogins.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    /// A program's name is put together from what the file says: it may be nothing but a name.
    private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /// As helpers say that a password is no password.
    private static final String TOKEN = "<token>";

    /// As Docker calls its own registry where it keeps logins.
    private static final String HUB = "https://index.docker.io/v1/";

    private final Path file;
    private final String prefix;

    /// @param folder where Docker keeps its configuration, `~/.docker`
    public DockerLogins(Path folder) {
        this(folder, "docker-credential-");
    }

    /// @param prefix of the programs' names
    DockerLogins(Path folder, String prefix) {
        this.file = folder.resolve("config.json");
        this.prefix = prefix;
    }

    @Override
    public List<RegistryLogin> of(ImageName image) {
        var config = config();
        var all = new ArrayList<RegistryLogin>();
        var server = image.domain().equals("docker.io") ? HUB : image.domain();
        var helper = config.helpers().getOrDefault(server, config.store());
        if (!helper.isEmpty()) {
            asked(helper, server).ifPresent(all::add);
        }
        all.addAll(new Keyring(config.logins()).of(image));
        return all;
    }

    private DockerConfig config() {
        try {
            return DockerConfig.parse(Files.readString(file));
        } catch (NoSuchFileException _) {
            return DockerConfig.EMPTY;
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("the Docker logins in {} are not used: {}", file, e.getMessage());
            return DockerConfig.EMPTY;
        }
    }

    /// The protocol of Docker's credential helpers: the registry in, JSON out.
    private Optional<RegistryLogin> asked(String helper, String server) {
        if (!PROGRAM.matcher(helper).matches()) {
            LOG.warn("{} names a credential helper that is no name", file);
            return Optional.empty();
        }
        try {
            var said =
                    LocalCommand.run(
                            Argv.of(prefix + helper, "get"),
                            server.getBytes(StandardCharsets.UTF_8),
                            PATIENCE);
            if (!said.ok()) {
                return Optional.empty();
            }
            var answer = JSON.readTree(said.output());
            var name = answer.path("Username").asString("");
            var secret = answer.path("Secret").asString("");
            return Optional.of(
                    name.equals(TOKEN)
                            ? new RegistryLogin(server, "", "", secret)
                            : new RegistryLogin(server, name, secret));
        } catch (RuntimeUnavailable | JacksonException e) {
            LOG.warn(
                    "the credential helper {} does not answer for {}: {}",
                    helper,
                    server,
                    e.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
