package dev.flotilla.remote;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;

/// The way to a Docker Engine.
public sealed interface DockerSocket {
    /// Where an engine listens by default.
    String USUAL_PATH = "/var/run/docker.sock";

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
