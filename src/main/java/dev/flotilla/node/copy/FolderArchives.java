package dev.flotilla.node.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// What folders of a node hold, as tars packed with gzip, with numbers for owners. Nothing of it is
/// read on virtual threads: the node may be this computer, whose pipes hold their carriers.
public interface FolderArchives {
    /// All that is in a folder. The stream fails at its end if the node could not read all; closing
    /// it early ends it.
    InputStream read(String folder) throws IOException;

    /// Begins to unpack beside what a folder holds, which stays as it is until the commit.
    Filling fill(String folder) throws IOException;

    /// An archive on its way into a folder.
    interface Filling extends AutoCloseable {
        /// For the archive.
        OutputStream out();

        /// Says that this was all, and waits until it is unpacked.
        ///
        /// @throws IOException with the node's words if it could not be
        void unpacked() throws IOException;

        /// Puts it in place of what the folder held.
        void commit() throws IOException;

        /// Takes away what was not committed.
        @Override
        void close();
    }
}
