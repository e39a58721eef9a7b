package dev.flotilla.node;

import dev.flotilla.node.ContainerSpec.Console;
import dev.flotilla.node.ContainerSpec.Limits;
import dev.flotilla.node.ContainerSpec.Mount;
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
public record Specs(
        String name,
        String image,
        List<String> command,
        List<String> args,
        @Nullable String workingDir,
        Map<String, String> environment,
        Map<String, String> labels,
        Network network,
        Sharing sharing,
        Limits limits,
        Security security,
        List<Mount> mounts,
        Restart restart) {

    /// A container at an address of its own, or in another's network, that runs a command.
    public static Specs of(
            String name,
            String image,
            Map<String, String> labels,
            @Nullable String address,
            @Nullable String joins,
            String... command) {
        return new Specs(
                name,
                image,
                List.of(command),
                List.of(),
                null,
                Map.of(),
                labels,
                new Network(name, address, joins, false, List.of(), List.of(), Names.USUAL),
                Sharing.NONE,
                Limits.NONE,
                Security.USUAL,
                List.of(),
                Restart.ALWAYS);
    }

    public Specs with(Restart now) {
        return new Specs(
                name,
                image,
                command,
                args,
                workingDir,
                environment,
                labels,
                network,
                sharing,
                limits,
                security,
                mounts,
                now);
    }

    public Specs with(Limits now) {
        return new Specs(
                name,
                image,
                command,
                args,
                workingDir,
                environment,
                labels,
                network,
                sharing,
                now,
                security,
                mounts,
                restart);
    }

    public Specs with(Sharing now) {
        return new Specs(
                name,
                image,
                command,
                args,
                workingDir,
                environment,
                labels,
                network,
                now,
                limits,
                security,
                mounts,
                restart);
    }

    public Specs with(Security now) {
        return new Specs(
                name,
                image,
                command,
                args,
                workingDir,
                environment,
                labels,
                network,
                sharing,
                limits,
                now,
                mounts,
                restart);
    }

    public Specs with(Mount... now) {
        return new Specs(
                name,
                image,
                command,
                args,
                workingDir,
                environment,
                labels,
                network,
                sharing,
                limits,
                security,
                List.of(now),
                restart);
    }

    public Specs hostname(String hostname, Port... ports) {
        var net =
                new Network(
                        hostname,
                        network.address(),
                        network.joins(),
                        network.host(),
                        List.of(ports),
                        network.hosts(),
                        network.names());
        return new Specs(
                name,
                image,
                command,
                args,
                workingDir,
                environment,
                labels,
                net,
                sharing,
                limits,
                security,
                mounts,
                restart);
    }

    public Specs run(String directory, Map<String, String> variables, String... arguments) {
        return new Specs(
                name,
                image,
                command,
                List.of(arguments),
                directory,
                variables,
                labels,
                network,
                sharing,
                limits,
                security,
                mounts,
                restart);
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
                network,
                sharing,
                limits,
                security,
                mounts,
                Console.NONE,
                "",
                restart);
    }
}
