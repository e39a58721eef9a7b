package dev.flotilla.registry.kinds;

/// Numbers of ports.
final class Ports {
    private Ports() {}

    static void check(long port, String field, Problems problems) {
        if (port < 1 || port > 65535) {
            problems.invalid(field, port, "must be between 1 and 65535, inclusive");
        }
    }
}
