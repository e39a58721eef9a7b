package dev.flotilla.remote.engine;

import dev.flotilla.remote.link.SshLink;
import dev.flotilla.remote.link.UnixSocket;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The way to a Docker Engine.
public sealed interface DockerSocket {
    /// Where an engine listens by default.
    String USUAL_PATH = "/var/run/docker.sock";

    /// Where this computer's engine listens: the first of the usual places that is there, else the
    /// most usual.
    static Path onThisComputer() {
        var home = Path.of(System.getProperty("user.home"));
        return Stream.of(
                        Path.of(USUAL_PATH),
                        home.resolve(".docker/run/docker.sock"),
                        home.resolve(".docker/desktop/docker.sock"))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of(USUAL_PATH));
    }

    /// A fresh socket to the engine, not connected yet.
    Socket open() throws IOException;

    /// The place, for messages.
    String where();

    /// @param path of the engine's socket on the far machine
    record OverSsh(SshLink link, String path) implements DockerSocket {
        @Override
        public Socket open() throws IOException {
            return link.session().socket(path);
        }

        @Override
        public String where() {
            return "Docker on " + link.target();
        }
    }

    /// @param path of the engine's socket on this computer
    record Local(Path path) implements DockerSocket {
        @Override
        public Socket open() throws IOException {
            return new UnixSocket(path);
        }

        @Override
        public String where() {
            return "Docker at " + path;
        }
    }
}
