package dev.flotilla.node.image;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// A folder with a Dockerfile, as an engine wants to have it for a build.
public final class BuildFolder {
    private static final String IGNORE = ".dockerignore";

    private BuildFolder() {}

    /// All of it but what its `.dockerignore` keeps out, as a tar. Files are read when the tar is.
    /// As for `docker build`, all belongs to root.
    ///
    /// @throws IOException if it has no such Dockerfile, or can't be read
    public static TarOut tar(Path folder, String dockerfile) throws IOException {
        if (!Files.isRegularFile(folder.resolve(dockerfile))) {
            throw new IOException(
                    "%s has no %s".formatted(folder.toAbsolutePath().normalize(), dockerfile));
        }
        var rules = folder.resolve(IGNORE);
        var ignore =
                Files.isRegularFile(rules)
                        ? DockerIgnore.parse(Files.readAllLines(rules))
                        : DockerIgnore.NOTHING;
        var tar = new TarOut();
        Files.walkFileTree(folder, new Packer(folder, ignore, List.of(IGNORE, dockerfile), tar));
        return tar;
    }

    private static final class Packer extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final DockerIgnore ignore;
        private final List<String> always;
        private final TarOut tar;

        Packer(Path folder, DockerIgnore ignore, List<String> always, TarOut tar) {
            this.folder = folder;
            this.ignore = ignore;
            this.always = always;
            this.tar = tar;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
                throws IOException {
            var name = name(path);
            if (name.isEmpty()) {
                return FileVisitResult.CONTINUE;
            }
            if (ignore.keepsOut(name)) {
                boolean holdsDockerfile = always.stream().anyMatch(a -> a.startsWith(name + "/"));
                return ignore.exceptions() || holdsDockerfile
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }
            put(path, new TarArchiveEntry(name + "/", TarConstants.LF_DIR), attributes, 0);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                throws IOException {
            var name = name(path);
            if (ignore.keepsOut(name) && !always.contains(name)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink()) {
                var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
                entry.setLinkName(Files.readSymbolicLink(path).toString().replace('\\', '/'));
                entry.setModTime(attributes.lastModifiedTime());
                tar.add(entry, Content.of(new byte[0]));
            } else if (attributes.isRegularFile()) {
                var entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL);
                put(path, entry, attributes, attributes.size());
            }
            return FileVisitResult.CONTINUE;
        }

        private void put(
                Path path, TarArchiveEntry entry, BasicFileAttributes attributes, long size)
                throws IOException {
            entry.setSize(size);
            entry.setMode(mode(path, attributes.isDirectory()));
            entry.setModTime(attributes.lastModifiedTime());
            tar.add(entry, size == 0 ? Content.of(new byte[0]) : FilePart.content(path, 0, size));
        }

        private String name(Path path) {
            return folder.relativize(path).toString().replace('\\', '/');
        }

        /// Where files have no such rights, as `docker build` on Windows: everyone may run them.
        private static int mode(Path path, boolean folder) throws IOException {
            if (!Files.getFileStore(path).supportsFileAttributeView("posix")) {
                return 0755;
            }
            var rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
            int mode = 0;
            for (int i = 0; i < rights.length(); i++) { // such as rwxr-x---
                mode = (mode << 1) | (rights.charAt(i) == '-' ? 0 : 1);
            }
            return folder ? mode | 0111 : mode;
        }
    }
}
