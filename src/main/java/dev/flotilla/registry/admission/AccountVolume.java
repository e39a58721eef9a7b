package dev.flotilla.registry.admission;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The volume by which a pod's containers find the token of their account, the certificate of the
/// API server and the name of their namespace.
final class AccountVolume {
    private static final String PREFIX = "kube-api-access-";
    private static final String PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX = 5;

    /// As Kubernetes asks for it: one whose renewal is never missed by an hourly look.
    private static final long SECONDS = 3607;

    private static final int MODE = 0644;

    private AccountVolume() {}

    /// Into each container that has nothing of its own at that path.
    ///
    /// @param seed of the volume's name
    static void mount(ObjectNode spec, String seed) {
        var there =
                Tree.objects(spec, "volumes").stream()
                        .map(v -> Tree.text(v, "name"))
                        .filter(n -> n.startsWith(PREFIX))
                        .findFirst();
        var name = there.orElseGet(() -> PREFIX + suffix(seed));
        boolean needed = false;
        for (var list : List.of("initContainers", "containers")) {
            for (var container : Tree.objects(spec, list)) {
                needed |= mountInto(container, name);
            }
        }
        if (needed && there.isEmpty()) {
            array(spec, "volumes").add(volume(name));
        }
    }

    private static boolean mountInto(ObjectNode container, String name) {
        boolean taken =
                Tree.objects(container, "volumeMounts").stream()
                        .anyMatch(m -> Tree.text(m, "mountPath").equals(PATH));
        if (!taken) {
            array(container, "volumeMounts")
                    .addObject()
                    .put("name", name)
                    .put("readOnly", true)
                    .put("mountPath", PATH);
        }
        return !taken;
    }

    private static ObjectNode volume(String name) {
        var volume = Tree.empty().put("name", name);
        var projected = volume.putObject("projected").put("defaultMode", MODE);
        var sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", SECONDS)
                .put("path", "token");
        var authority = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
        authority.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        sources.addObject()
                .putObject("downwardAPI")
                .putArray("items")
                .addObject()
                .put("path", "namespace")
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.namespace");
        return volume;
    }

    private static ArrayNode array(ObjectNode object, String name) {
        return object.get(name) instanceof ArrayNode there ? there : object.putArray(name);
    }

    /// Unlike in other pods, and the same when the pod is made again from the same seed.
    private static String suffix(String seed) {
        long rest = Integer.toUnsignedLong(seed.hashCode());
        var made = new StringBuilder();
        for (int i = 0; i < SUFFIX; i++) {
            made.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
            rest /= ALPHABET.length();
        }
        return made.toString();
    }
}
