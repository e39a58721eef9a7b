package dev.flotilla.app;

import dev.flotilla.model.ImagePushSpec;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `flotilla push`: an image to nodes, without a registry.
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Bring an image to nodes, without a registry. Only layers that a node lacks are sent.",
            "Ctrl-C calls it off.",
            ""
        })
final class PushCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "IMAGE|FILE",
            description = {
                "An image of this computer's Docker, or a file that 'docker save' wrote",
                "or that holds an OCI image layout (.tar, .tar.gz)."
            })
    String what = "";

    @Option(
            names = "--from",
            paramLabel = "NODE",
            description = "Take the image from that node, and not from this computer.")
    @Nullable String from;

    @Option(
            names = {"-t", "--tag"},
            paramLabel = "NAME",
            description = "Its name on the nodes, for a FILE that holds one image.")
    @Nullable String tag;

    @Mixin private PushOptions push = new PushOptions();
    private final Terminal terminal;

    PushCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        return PushFollower.run(push.api, spec(), terminal);
    }

    private ImagePushSpec spec() {
        if (from != null) {
            return new ImagePushSpec(
                    what, null, null, new ImagePushSpec.OnNode(from), null, null, push.nodes);
        }
        if (Files.isRegularFile(Path.of(what))) {
            var file = Path.of(what).toAbsolutePath().normalize().toString();
            return new ImagePushSpec(
                    tag, null, new ImagePushSpec.Archive(file), null, null, null, push.nodes);
        }
        return new ImagePushSpec(
                what, new ImagePushSpec.Engine(null), null, null, null, null, push.nodes);
    }
}
