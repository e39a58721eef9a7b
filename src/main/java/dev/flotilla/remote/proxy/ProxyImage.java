package dev.flotilla.remote.proxy;

import dev.flotilla.node.errand.Stop;
import dev.flotilla.node.image.BuildOrder;
import dev.flotilla.remote.image.DockerImages;
import dev.flotilla.remote.link.Scripts;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The one image that nodes need: Debian's HAProxy and dnsmasq. A node that has it by whatever way
/// keeps what it has; another builds it.
record ProxyImage(DockerImages images) {
    private static final String DOCKERFILE = Scripts.text(ProxyImage.class, "Dockerfile");

    void ensure() {
        if (!images.has(ProxyContainers.IMAGE)) {
            var order = new BuildOrder(ProxyContainers.IMAGE, "Dockerfile", Map.of());
            images.build(order, context(), _ -> {}, new Stop());
        }
    }

    private static InputStream context() {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var text = DOCKERFILE.getBytes(StandardCharsets.UTF_8);
            var entry = new TarArchiveEntry("Dockerfile");
            entry.setSize(text.length);
            tar.putArchiveEntry(entry);
            tar.write(text);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
