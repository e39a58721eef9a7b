/// Images of a Docker Engine: list, pull, save, load, build, import; logins of this computer, and
/// the system of a machine as a tar.
@NullMarked
package dev.flotilla.remote.image;

import org.jspecify.annotations.NullMarked;
