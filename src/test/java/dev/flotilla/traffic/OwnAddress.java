package dev.flotilla.traffic;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// An address of this machine that no other test asks from or listens on, so that a port of it that
/// is free stays free.
public final class OwnAddress {
    private static final int MOST = 250;

    private OwnAddress() {}

    /// Skips the test where the machine has only one loopback address.
    public static String get() {
        Assumptions.assumeTrue(
                "Linux".equals(System.getProperty("os.name")), "skipped: needs Linux");
        long pid = ProcessHandle.current().pid();
        return "127.%d.%d.1".formatted(1 + pid / MOST % MOST, pid % MOST);
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(get()))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
