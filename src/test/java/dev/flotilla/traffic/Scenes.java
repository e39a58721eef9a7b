package dev.flotilla.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.traffic.plan.Picture;
import dev.flotilla.traffic.plan.Plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Clusters in YAML and the texts that are made of them, each in a file of the test's resources.
/// With `-Dflotilla.golden=write` the texts are written instead of compared.
public final class Scenes {
    private static final Path FOLDER = Path.of("src/test/resources/dev/flotilla/traffic");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Scenes() {}

    /// Two nodes, and what the file says.
    public static Picture picture(String name, Secret... secrets) {
        var objects = objects("nodes");
        objects.addAll(objects(name));
        return picture(objects, List.of(secrets));
    }

    public static Picture picture(List<HasMetadata> objects, List<Secret> secrets) {
        return new Picture(
                of(Service.class, objects),
                of(EndpointSlice.class, objects),
                of(Node.class, objects),
                of(Ingress.class, objects),
                of(IngressClass.class, objects),
                secrets);
    }

    /// What the first node does about it.
    public static Plan plan(String name, Secret... secrets) {
        return new Planner().plan(picture(name, secrets), "n1");
    }

    public static List<HasMetadata> objects(String name) {
        return yaml(read(name + ".yaml"));
    }

    public static List<HasMetadata> yaml(String documents) {
        var objects = new ArrayList<HasMetadata>();
        for (var document : documents.split("(?m)^---$", -1)) {
            HasMetadata object = YAML.unmarshal(document);
            objects.add(object);
        }
        return objects;
    }

    private static <T> List<T> of(Class<T> kind, List<HasMetadata> objects) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public static void assertGolden(String file, String text) {
        if ("write".equals(System.getProperty("flotilla.golden"))) {
            try {
                Files.writeString(FOLDER.resolve(file), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(text).isEqualTo(read(file));
    }

    private static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
