package dev.flotilla.provision;

import dev.flotilla.remote.engine.DockerSocket;
import dev.flotilla.remote.engine.DockerVersion;
import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.SshSession;
import dev.flotilla.remote.link.SshTarget;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/// Finds out why there is no Docker to be used, and what to do about it.
final class DockerSearch {
    static final String STEP = "Find Docker";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Says `socket`, `writable`, `command` and `active`, whichever is so.
    private static final Argv LOOK =
            Argv.of(
                    "sh",
                    "-c",
                    """
                    s=%s
                    [ -S $s ] && echo socket
                    [ -w $s ] && echo writable
                    PATH=$PATH:/usr/sbin:/sbin command -v dockerd >/dev/null && echo command
                    systemctl is-active docker 2>/dev/null
                    true
                    """
                            .formatted(DockerSocket.USUAL_PATH));

    private DockerSearch() {}

    /// @param answer what using it came to
    static Failure over(SshSession session, @Nullable String answer) {
        var seen = Set.copyOf(session.run(LOOK, PATIENCE).output().lines().distinct().toList());
        return diagnosis(session.target(), seen, String.valueOf(answer));
    }

    /// @param seen the words that [#LOOK] said
    static Failure diagnosis(SshTarget target, Set<String> seen, String answer) {
        var host = target.hostAndPort();
        if (!seen.contains("socket") && !seen.contains("command")) {
            return failure(
                    "DockerNotFound",
                    ("There is no Docker on %s: neither a socket %s nor a dockerd. Install Docker"
                                    + " Engine %s or newer (Debian and Ubuntu: apt-get install"
                                    + " docker.io).")
                            .formatted(host, DockerSocket.USUAL_PATH, DockerVersion.OLDEST));
        }
        if (!seen.contains("socket") || seen.contains("inactive") || seen.contains("failed")) {
            return failure(
                    "DockerNotRunning",
                    ("Docker is installed on %s but does not run. Start it there: systemctl enable"
                                    + " --now docker. If it fails, 'journalctl -u docker' says"
                                    + " why.")
                            .formatted(host));
        }
        if (!seen.contains("writable")) {
            return failure(
                    "DockerPermissionDenied",
                    ("User %s may not use Docker on %s: %s is not writable for it. As root there:"
                                    + " usermod -aG docker %s. Or log in as root.")
                            .formatted(
                                    target.user(),
                                    host,
                                    DockerSocket.USUAL_PATH,
                                    Argv.of(target.user())));
        }
        return failure(
                "DockerNotAnswering",
                ("%s. The socket is there and may be used: is Docker healthy ('docker info' there),"
                                + " and does sshd let it through (AllowStreamLocalForwarding in"
                                + " /etc/ssh/sshd_config must not be 'no')?")
                        .formatted(answer));
    }

    static Failure here(Path socket, String answer) {
        if (!Files.exists(socket)) {
            return failure(
                    "DockerNotFound",
                    ("There is no Docker on this computer, or it does not run: no socket %s."
                                    + " Install and start Docker Engine or Docker Desktop, or name"
                                    + " its socket in spec.local.socket.")
                            .formatted(socket));
        }
        if (!Files.isWritable(socket)) {
            return failure(
                    "DockerPermissionDenied",
                    ("You may not use Docker on this computer: %s is not writable for you. Add"
                                    + " yourself to its group (sudo usermod -aG docker $USER), log"
                                    + " in anew and start Flotilla again.")
                            .formatted(socket));
        }
        return failure(
                "DockerNotRunning",
                "%s. Start Docker on this computer (systemctl start docker).".formatted(answer));
    }

    static Failure tooOld(String where, DockerVersion version) {
        return failure(
                "DockerTooOld",
                "Docker on %s is version %s. Flotilla needs %s or newer: update it."
                        .formatted(where, version, DockerVersion.OLDEST));
    }

    static Failure notDocker(String where, String answer) {
        return failure(
                "DockerNotFound",
                "What listens on Docker's socket of %s is not Docker; it answered: %s"
                        .formatted(where, answer));
    }

    private static Failure failure(String reason, String message) {
        return new Failure(STEP, reason, message, null);
    }
}
