package dev.flotilla.node;

/// What a node has, and has left, of what may run short.
///
/// @param nodeDisk bytes of the filesystem with the node's own folders
/// @param imageDisk bytes of the one with the engine's images; often the same
/// @param pids processes and threads
public record Supply(
        Stock memory,
        Stock nodeDisk,
        Stock nodeInodes,
        Stock imageDisk,
        Stock imageInodes,
        Stock pids) {

    /// How much there is of one thing; a total of 0 means that it is not known.
    public record Stock(long total, long free) {
        public static final Stock UNKNOWN = new Stock(0, 0);

        public boolean known() {
            return total > 0;
        }
    }

    /// Of a node that tells nothing.
    public static final Supply UNKNOWN =
            new Supply(
                    Stock.UNKNOWN,
                    Stock.UNKNOWN,
                    Stock.UNKNOWN,
                    Stock.UNKNOWN,
                    Stock.UNKNOWN,
                    Stock.UNKNOWN);
}
