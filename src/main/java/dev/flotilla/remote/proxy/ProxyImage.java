package dev.flotilla.remote.proxy;

import dev.flotilla.node.errand.Stop;
import dev.flotilla.node.image.BuildOrder;
import dev.flotilla.remote.image.DockerImages;
import dev.flotilla.remote.link.Scripts;

import java.io.ByteArrayInputStream;
import java.util.Map;

/// The one image that nodes need: Debian's HAProxy and dnsmasq. A node that has it by whatever way
/// keeps what it has; another builds it.
record ProxyImage(DockerImages images) {
    private static final String DOCKERFILE = Scripts.text(ProxyImage.class, "Dockerfile");

    void ensure() {
        if (!images.has(ProxyContainers.IMAGE)) {
            var order = new BuildOrder(ProxyContainers.IMAGE, "Dockerfile", Map.of());
            var context = NodeFiles.archive(Map.of("Dockerfile", DOCKERFILE));
            images.build(order, new ByteArrayInputStream(context), _ -> {}, new Stop());
        }
    }
}
