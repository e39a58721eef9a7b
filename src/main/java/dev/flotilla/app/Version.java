package dev.flotilla.app;

import picocli.CommandLine.IVersionProvider;

/// What `--version` prints; the number is the build's.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"flotilla " + number()};
    }

    static String number() {
        var built = Version.class.getPackage().getImplementationVersion();
        return built == null ? "development" : built;
    }
}
