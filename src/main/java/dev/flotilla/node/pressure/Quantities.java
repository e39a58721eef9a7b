package dev.flotilla.node.pressure;

/// Numbers as Kubernetes writes them: with the largest binary suffix that loses nothing.
final class Quantities {
    private static final String[] SUFFIXES = {"", "Ki", "Mi", "Gi", "Ti", "Pi"};

    private Quantities() {}

    static String of(long number) {
        int suffix = 0;
        long rest = number;
        while (rest >= 1024 && rest % 1024 == 0 && suffix < SUFFIXES.length - 1) {
            rest /= 1024;
            suffix++;
        }
        return rest + SUFFIXES[suffix];
    }
}
