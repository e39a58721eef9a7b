package dev.flotilla.node.image;

import java.util.List;

/// The logins of the person whose master this is, as Docker on this computer keeps them.
@FunctionalInterface
public interface LocalLogins {
    /// For a master that uses nobody's.
    LocalLogins NONE = _ -> List.of();

    /// Those that may open the image's registry, the best first. May ask a program, which takes its
    /// time; what can't be had is left out.
    List<RegistryLogin> of(ImageName image);
}
