package dev.flotilla.traffic.haproxy;

import java.util.regex.Pattern;

/// Where a node's proxy has its things, and how much it may do.
///
/// @param socket the path of the socket on which it takes commands
/// @param group who may give it commands, besides root: a group's number
/// @param log where its lines go, as HAProxy writes it, such as `/run/flotilla/log.sock` or
///   `stdout`
/// @param folder of the configuration's files; certificates lie in `certs` in it
/// @param connections at most so many at once; each takes two file descriptors
/// @param peerPort on 127.0.0.1, by which a reloaded proxy learns who stays with whom
public record Settings(
        String socket, int group, String log, String folder, int connections, int peerPort) {
    private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9/._:@-]+");

    public Settings {
        for (var place : new String[] {socket, log, folder}) {
            if (!PLACE.matcher(place).matches()) {
                throw new IllegalArgumentException("no path: " + place);
            }
        }
    }
}
