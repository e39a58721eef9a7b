package dev.flotilla.app;

/// Starts Flotilla.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("flotilla");
    }
}
