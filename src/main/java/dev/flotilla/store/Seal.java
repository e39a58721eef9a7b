package dev.flotilla.store;

/// Encrypts the bodies of some keys on their way to the disk.
interface Seal {
    boolean covers(String key);

    /// The body as it goes to the disk.
    byte[] close(Entry entry);

    /// The entry with its plain body, from one whose body came from the disk.
    Entry open(Entry entry);

    /// For what has no disk.
    static Seal none() {
        return new Seal() {
            @Override
            public boolean covers(String key) {
                return false;
            }

            @Override
            public byte[] close(Entry entry) {
                return entry.body();
            }

            @Override
            public Entry open(Entry entry) {
                return entry;
            }
        };
    }
}
