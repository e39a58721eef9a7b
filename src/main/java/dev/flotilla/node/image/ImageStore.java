package dev.flotilla.node.image;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.errand.Stop;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The images of one engine. Calls fail as those of [dev.flotilla.node.ContainerRuntime] do, with
/// [RefusedByEngine] or [RuntimeUnavailable].
public interface ImageStore {
    /// The image of that name or id; empty if there is none.
    Optional<StoredImage> find(String image);

    /// What the image of that name or id is made of; empty if there is none.
    Optional<ImageParts> parts(String image);

    /// All there are, but for those of whom only layers are left.
    List<StoredImage> all();

    /// Ids of images that a container has, whosever it is, whether it runs or not.
    Set<String> used();

    /// The layers of all images, each a chain of diff ids from the lowest on.
    List<List<String>> layers();

    /// Gives an image one more name.
    void tag(String id, String name);

    /// Takes an image away with all its names, unless a container has it.
    ///
    /// @throws RefusedByEngine if one has
    void remove(StoredImage image);

    /// An archive of an image as `docker save` makes it. It fails rather than ends if not all of it
    /// came. Whoever takes it closes it, from any thread.
    ///
    /// @param parts of that image
    /// @param have so many of its layers, from the lowest on, may be missing in it
    InputStream save(String image, ImageParts parts, int have);

    /// Takes an archive in as `docker load` does. Layers that the engine has may be missing in it.
    ///
    /// @param archive a failure of it ends the load
    /// @throws RefusedByEngine if the archive is not as it should be
    void load(InputStream archive);

    /// Builds an image; returns when it is there.
    ///
    /// @param context a tar of the folder; a failure of it ends the build
    /// @param output told what the build prints
    /// @param stop ends it where it is
    /// @throws RefusedByEngine if it fails, with what it said
    void build(BuildOrder order, InputStream context, Consumer<String> output, Stop stop);

    /// Makes an image of one layer of what a root filesystem holds.
    ///
    /// @param tar of the filesystem
    /// @param changes instructions of a Dockerfile, such as `CMD ["/sbin/init"]`
    void importTar(InputStream tar, String name, List<String> changes);

    /// Bytes that these containers wrote into their own filesystems, by container id. Slow: the
    /// engine looks at every file.
    Map<String, Long> written(Collection<String> containers);
}
