package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Every pod stays for five minutes on a node that is not ready or not reachable, unless it says
/// otherwise.
final class PodTolerations {
    private static final int SECONDS = 300;

    private PodTolerations() {}

    static void addDefaults(ObjectNode spec) {
        for (var key : List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")) {
            if (Tree.objects(spec, "tolerations").stream().noneMatch(t -> covers(t, key))) {
                var list =
                        spec.get("tolerations") instanceof ArrayNode there
                                ? there
                                : spec.putArray("tolerations");
                list.addObject()
                        .put("key", key)
                        .put("operator", "Exists")
                        .put("effect", "NoExecute")
                        .put("tolerationSeconds", SECONDS);
            }
        }
    }

    private static boolean covers(ObjectNode toleration, String key) {
        var itsKey = Tree.text(toleration, "key");
        var effect = Tree.text(toleration, "effect");
        return (itsKey.equals(key) || itsKey.isEmpty())
                && (effect.equals("NoExecute") || effect.isEmpty());
    }
}
