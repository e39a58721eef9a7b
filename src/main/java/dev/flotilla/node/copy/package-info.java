/// What claims' volumes hold, saved to files of the master's computer and restored from them. It
/// refuses to know how a node packs and unpacks: that is [dev.flotilla.node.copy.FolderArchives].
@NullMarked
package dev.flotilla.node.copy;

import org.jspecify.annotations.NullMarked;
