package dev.flotilla.app;

import dev.flotilla.model.ImagePushSpec;
import dev.flotilla.model.MachineSpec;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// `flotilla import-vm`: the system of a machine becomes an image.
@Command(
        name = "import-vm",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Make an image of the root filesystem of a machine, without /proc, /sys, other mounts",
            "and caches, so that an old server runs as a pod. Ctrl-C calls it off.",
            ""
        })
final class ImportVmCommand implements Callable<Integer> {
    @Parameters(paramLabel = "HOST", description = "The machine, reached from the master by SSH.")
    String host = "";

    @Option(
            names = {"-t", "--name"},
            paramLabel = "NAME",
            required = true,
            description = "The image's name.")
    String name = "";

    @Option(
            names = "--start",
            paramLabel = "COMMAND",
            required = true,
            description = "What a container of it runs, in a shell.")
    String start = "";

    @Option(
            names = "--user",
            paramLabel = "USER",
            defaultValue = "root",
            description = "Who logs in: root, or one with sudo and no password.")
    String user = "root";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "22",
            description = "Of its sshd.")
    int port = 22;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "The private key that opens it.")
    Path key = Path.of("");

    @Option(
            names = "--host-key",
            paramLabel = "SHA256:…",
            description = "Its host key; without it nothing is sent, and the key it shows is told.")
    @Nullable String hostKey;

    @Option(
            names = "--exclude",
            paramLabel = "PATH",
            description = "One more path to leave out; may be given again.")
    List<String> exclude = List.of();

    @Mixin private PushOptions push = new PushOptions();
    private final Terminal terminal;

    ImportVmCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        var text = Files.readString(key);
        try (var client = push.api.client()) {
            var secret =
                    client.resource(
                                    new SecretBuilder()
                                            .withNewMetadata()
                                            .withGenerateName("import-vm-")
                                            .withNamespace(Marks.SYSTEM_NAMESPACE)
                                            .endMetadata()
                                            .addToStringData("privateKey", text)
                                            .build())
                            .create();
            try {
                var ssh =
                        new MachineSpec.Ssh(
                                host, port, user, secret.getMetadata().getName(), hostKey);
                var vm = new ImagePushSpec.Vm(ssh, start, exclude);
                return PushFollower.run(
                        push.api,
                        new ImagePushSpec(name, null, null, null, null, vm, push.nodes),
                        terminal,
                        () -> client.resource(secret).delete());
            } finally {
                client.resource(secret).delete();
            }
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(PushFollower.words(e, push.api), e);
        }
    }
}
