package dev.flotilla.remote.image;

import dev.flotilla.remote.link.Argv;
import dev.flotilla.remote.link.EndedStream;
import dev.flotilla.remote.link.SshSession;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// The root filesystem of a machine as a tar, without what belongs to the machine alone: other
/// mounts, devices, the kernel, what is running, caches, other containers.
public final class SystemTar {
    private static final List<String> EXCLUDED =
            List.of(
                    "./proc/*",
                    "./sys/*",
                    "./dev/*",
                    "./run/*",
                    "./tmp/*",
                    "./mnt/*",
                    "./media/*",
                    "./boot/*",
                    "./lost+found",
                    "./swapfile",
                    "./swap.img",
                    "./var/tmp/*",
                    "./var/cache/*",
                    "./var/lib/docker/*",
                    "./var/lib/containerd/*",
                    "./var/lib/flotilla/*");

    private SystemTar() {}

    /// Starts reading.
    ///
    /// @param exclude further paths from the root, as patterns of GNU tar
    public static InputStream of(SshSession session, List<String> exclude) throws IOException {
        var tar = new ArrayList<>(List.of("tar", "-C", "/", "-c", "--one-file-system"));
        tar.addAll(
                List.of(
                        "--numeric-owner",
                        "--warning=no-file-changed",
                        "--warning=no-file-ignored"));
        EXCLUDED.forEach(e -> tar.add("--exclude=" + e));
        exclude.forEach(e -> tar.add("--exclude=./" + e.replaceFirst("^[./]+", "")));
        tar.addAll(List.of("-f", "-", "."));
        var asRoot = new Argv(tar).asRoot(session.target().user());
        var script =
                asRoot.shell()
                        + " 2>/dev/null; printf '"
                        + EndedStream.MARK.replace("\n", "\\n")
                        + "%03d' $?";
        return EndedStream.of(
                session.target().toString(), session.start(Argv.of("sh", "-c", script)));
    }
}
