package dev.flotilla.app;

import dev.flotilla.model.ImagePushSpec;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/// `flotilla build`: a folder with a Dockerfile becomes an image on nodes.
@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Build an image on a node from a folder with a Dockerfile, and bring it to the others.",
            "Ctrl-C calls it off.",
            ""
        })
final class BuildCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "The folder; its .dockerignore counts.")
    Path folder = Path.of(".");

    @Option(
            names = {"-t", "--tag"},
            paramLabel = "NAME",
            required = true,
            description = "The image's name.")
    String tag = "";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The Dockerfile, within the folder (default: Dockerfile).")
    @Nullable String dockerfile;

    @Option(
            names = "--build-arg",
            paramLabel = "NAME=VALUE",
            description = "A value of an ARG of the Dockerfile.")
    Map<String, String> args = Map.of();

    @Option(
            names = "--on",
            paramLabel = "NODE",
            description = "Where it is built (default: the first of the nodes).")
    @Nullable String on;

    @Mixin private PushOptions push = new PushOptions();
    private final Terminal terminal;

    BuildCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var build =
                new ImagePushSpec.Build(
                        folder.toAbsolutePath().normalize().toString(), dockerfile, on, args);
        return PushFollower.run(
                push.api,
                new ImagePushSpec(tag, null, null, null, build, null, push.nodes),
                terminal);
    }
}
