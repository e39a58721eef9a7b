package dev.flotilla.node;

import dev.flotilla.node.ContainerSpec.Console;
import dev.flotilla.node.ContainerSpec.Limits;
import dev.flotilla.node.ContainerSpec.Names;
import dev.flotilla.node.ContainerSpec.Network;
import dev.flotilla.node.ContainerSpec.Port;
import dev.flotilla.node.ContainerSpec.Restart;
import dev.flotilla.node.ContainerSpec.Security;
import dev.flotilla.node.ContainerSpec.Sharing;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// Containers for tests of runtimes: plain, but for what a test says.
public final class Specs {
    private final String name;
    private final String image;
    private final Map<String, String> labels;
    private final @Nullable String address;
    private final @Nullable String joins;
    private final List<String> command;
    private String hostname;
    private List<Port> ports = List.of();
    private List<String> args = List.of();
    private @Nullable String workingDir;
    private Map<String, String> environment = Map.of();
    private Sharing sharing = Sharing.NONE;
    private Limits limits = Limits.NONE;
    private Restart restart = Restart.ALWAYS;

    private Specs(
            String name,
            String image,
            Map<String, String> labels,
            @Nullable String address,
            @Nullable String joins,
            String... command) {
        this.name = name;
        this.image = image;
        this.labels = labels;
        this.address = address;
        this.joins = joins;
        this.command = List.of(command);
        this.hostname = name;
    }

    /// A container at an address of its own, or in another's network, that runs a command.
    public static Specs of(
            String name,
            String image,
            Map<String, String> labels,
            @Nullable String address,
            @Nullable String joins,
            String... command) {
        return new Specs(name, image, labels, address, joins, command);
    }

    public Specs with(Restart now) {
        restart = now;
        return this;
    }

    public Specs with(Limits now) {
        limits = now;
        return this;
    }

    public Specs with(Sharing now) {
        sharing = now;
        return this;
    }

    public Specs hostname(String now, Port... declared) {
        hostname = now;
        ports = List.of(declared);
        return this;
    }

    public Specs run(String directory, Map<String, String> variables, String... arguments) {
        workingDir = directory;
        environment = variables;
        args = List.of(arguments);
        return this;
    }

    public ContainerSpec build() {
        return new ContainerSpec(
                name,
                image,
                command,
                args,
                workingDir,
                environment,
                labels,
                new Network(hostname, address, joins, false, ports, List.of(), Names.USUAL),
                sharing,
                limits,
                Security.USUAL,
                List.of(),
                Console.NONE,
                "",
                restart);
    }
}
