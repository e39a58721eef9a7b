package dev.flotilla.app;

import dev.flotilla.model.ImagePushSpec;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.Kubelets;
import dev.flotilla.node.image.LocalLogins;
import dev.flotilla.node.push.Surroundings;
import dev.flotilla.provision.VmSystems;
import dev.flotilla.remote.DockerRuntime;
import dev.flotilla.remote.engine.DockerSocket;
import dev.flotilla.remote.image.DockerLogins;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Docker on the computer where the master runs: its logins, its images, and room to work in.
record DockerHere(Kubelets kubelets, VmSystems systems, Path data, InstantSource clock)
        implements Surroundings {
    static LocalLogins logins() {
        var folder = System.getenv("DOCKER_CONFIG");
        return new DockerLogins(
                folder == null || folder.isEmpty()
                        ? Path.of(System.getProperty("user.home", "."), ".docker")
                        : Path.of(folder));
    }

    @Override
    public Optional<ContainerRuntime> node(String name) {
        return kubelets.runtime(name);
    }

    @Override
    public void changed(String node) {
        kubelets.imagesChanged(node);
    }

    @Override
    public ContainerRuntime here(@Nullable String socket) {
        return DockerRuntime.at(
                socket == null ? DockerSocket.onThisComputer() : Path.of(socket), clock);
    }

    @Override
    public InputStream system(ImagePushSpec.Vm vm) throws IOException {
        return systems.open(vm.ssh(), vm.exclude() == null ? List.of() : vm.exclude());
    }

    @Override
    public Path scratch() {
        return data.resolve("images");
    }
}
