/// Pods' folders and files on a node, made by a script.
@NullMarked
package dev.flotilla.remote.disk;

import org.jspecify.annotations.NullMarked;
