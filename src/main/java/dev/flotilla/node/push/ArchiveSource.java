package dev.flotilla.node.push;

import dev.flotilla.node.image.ArchivedImage;
import dev.flotilla.node.image.ImageArchive;
import dev.flotilla.node.image.ImageName;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// An archive in a file of the master's computer.
///
/// @param name of the image on the nodes, and which one of the archive; empty for its own
record ArchiveSource(ImageArchive archive, Optional<String> name) implements PushSource {
    /// What a node of that architecture is to get.
    ///
    /// @throws IllegalArgumentException if there is nothing for it
    List<ArchivedImage> images(String architecture) throws IOException {
        var all = archive.images();
        var named =
                name.isEmpty() || all.size() == 1
                        ? all
                        : all.stream().filter(i -> isCalled(i, name.get())).toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException(
                    "the archive holds no %s, but %s"
                            .formatted(
                                    name.orElse(""),
                                    String.join(
                                            ", ",
                                            all.stream()
                                                    .flatMap(i -> i.names().stream())
                                                    .toList())));
        }
        var fit =
                named.stream()
                        .filter(
                                i ->
                                        architecture.isEmpty()
                                                || i.architecture().isEmpty()
                                                || i.architecture().equals(architecture))
                        .toList();
        if (fit.isEmpty()) {
            throw new IllegalArgumentException(
                    "the image is made for %s, and the node is %s"
                            .formatted(named.getFirst().architecture(), architecture));
        }
        return fit;
    }

    List<String> names(ArchivedImage image) {
        var names = name.map(List::of).orElse(image.names());
        if (names.isEmpty()) {
            throw new IllegalArgumentException("the image in the archive has no name: give it one");
        }
        return names;
    }

    private static boolean isCalled(ArchivedImage image, String name) {
        var wanted = ImageName.parse(name).familiar();
        return image.names().stream()
                .anyMatch(n -> ImageName.parse(ImageName.withTag(n)).familiar().equals(wanted));
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
