package dev.flotilla.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/// One pretend VM of a [Lab].
///
/// @param number from 1
/// @param state the lab's folder
public record LabNode(int number, Path state) {
    /// The host name: `n1`, `n2`, …
    public String name() {
        return "n" + number;
    }

    public String address() {
        return "10.99.0." + (10 + number);
    }

    public int sshPort() {
        return 22;
    }

    /// See [Lab#privateKey()].
    public String privateKey() {
        return read(state.resolve("key"));
    }

    /// The host key's fingerprint as OpenSSH prints it: `SHA256:` and Base64 without padding.
    public String hostKey() {
        var blob = Base64.getDecoder().decode(hostKeyLine().split(" ")[1]);
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The host key itself: `ssh-ed25519 AAAA…`.
    public String hostKeyLine() {
        var file = state.resolve(name()).resolve("upper/etc/ssh/ssh_host_ed25519_key.pub");
        return read(file).strip();
    }

    /// The manifest of the Machine that it is, with its key.
    public String machine() {
        return """
        apiVersion: v1
        kind: Secret
        metadata:
          name: %1$s
          namespace: flotilla-system
        stringData:
          privateKey: |
        %4$s
        ---
        apiVersion: flotilla.dev/v1alpha1
        kind: Machine
        metadata:
          name: %1$s
        spec:
          ssh:
            host: %2$s
            user: root
            secretName: %1$s
            hostKey: %3$s
        """
                .formatted(name(), address(), hostKey(), privateKey().indent(4).stripTrailing());
    }

    /// Gives the node another host key, as reinstalling a machine does.
    public void changeHostKey() {
        exec("rm", "/etc/ssh/ssh_host_ed25519_key", "/etc/ssh/ssh_host_ed25519_key.pub");
        exec("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "/etc/ssh/ssh_host_ed25519_key");
        exec("systemctl", "restart", "ssh");
    }

    /// Runs a command as root on the node, not through ssh; what it printed.
    ///
    /// @throws IllegalStateException with what it said when it ends with another code than 0
    public String exec(String... argv) {
        return run(argv).succeeded().out();
    }

    /// The same without judging the exit code.
    public Command run(String... argv) {
        return Lab.run(
                Stream.concat(Stream.of(Lab.tool(), "in", String.valueOf(number)), Stream.of(argv))
                        .toArray(String[]::new));
    }

    /// Runs `docker` with these arguments on the node; what it printed.
    public String docker(String... argv) {
        return exec(Stream.concat(Stream.of("docker"), Stream.of(argv)).toArray(String[]::new));
    }

    /// How long a repair that is to take no more than a second may take: longer where the machine
    /// is busy with other things, namely twice what its engine, by its own clock, takes at this
    /// moment to restart a container that it is told to.
    ///
    /// @param run an image and what it is to run, for as long as it is let
    public Duration aSecondOrBusy(String... run) {
        var id =
                docker(Stream.concat(Stream.of("run", "-d"), Stream.of(run)).toArray(String[]::new))
                        .strip();
        docker("restart", "-t", "0", id);
        var times = docker("inspect", "-f", "{{.State.FinishedAt}} {{.State.StartedAt}}", id);
        docker("rm", "-f", id);
        var both = times.strip().split(" ", -1);
        var restart = Duration.between(Instant.parse(both[0]), Instant.parse(both[1]));
        return Collections.max(List.of(Duration.ofSeconds(1), restart.multipliedBy(2)));
    }

    /// Where this machine finds a file of the node, while the node is on.
    public Path path(String inside) {
        var init = Lab.script("pid", String.valueOf(number)).out().strip();
        return Path.of("/proc", init, "root").resolve(inside.substring(1));
    }

    /// The node's Docker socket, for a client on this machine. Another one after each boot.
    public Path localSocket() {
        return path("/run/docker.sock");
    }

    /// Everything on the node dies at once; its disk stays as it is.
    public void powerOff() {
        lab("kill");
    }

    /// Power on again, and wait for sshd and Docker.
    public void boot() {
        lab("boot");
    }

    /// The node's cable swallows every frame; the link stays up.
    public void cut() {
        lab("cut");
    }

    /// Only frames between this node and another vanish.
    public void cutFrom(LabNode other) {
        Lab.script("cut", String.valueOf(number), String.valueOf(other.number));
    }

    /// Undoes every cut.
    public void heal() {
        lab("heal");
    }

    /// Its line takes no more than that from the switch; 0 is as fast as it can.
    public void slow(int megabits) {
        Lab.script("rate", String.valueOf(number), String.valueOf(megabits));
    }

    /// A hung machine: no process runs, though its kernel still answers pings.
    public void freeze() {
        lab("freeze");
    }

    public void thaw() {
        lab("thaw");
    }

    private void lab(String verb) {
        Lab.script(verb, String.valueOf(number));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
