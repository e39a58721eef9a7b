package dev.flotilla.registry.kind;

/// Numbers of ports.
public final class Ports {
    private Ports() {}

    public static void check(long port, String field, Problems problems) {
        if (port < 1 || port > 65535) {
            problems.invalid(field, port, "must be between 1 and 65535, inclusive");
        }
    }
}
