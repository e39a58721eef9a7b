package dev.flotilla.remote.engine;

import java.util.regex.Pattern;

/// A Docker Engine's version, as far as it is compared: `20.10.24+dfsg1` is 20.10.
public record DockerVersion(int major, int minor) implements Comparable<DockerVersion> {
    /// Older ones lack what is used here.
    public static final DockerVersion OLDEST = new DockerVersion(20, 10);

    private static final Pattern START = Pattern.compile("^v?(\\d+)\\.(\\d+)");

    /// Reads the start of `text`; 0.0 if it is no version.
    public static DockerVersion parse(String text) {
        var start = START.matcher(text);
        return start.find()
                ? new DockerVersion(
                        Integer.parseInt(start.group(1)), Integer.parseInt(start.group(2)))
                : new DockerVersion(0, 0);
    }

    @Override
    public int compareTo(DockerVersion other) {
        return major != other.major
                ? Integer.compare(major, other.major)
                : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
