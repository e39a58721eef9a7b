package dev.flotilla.registry.apply;

import dev.flotilla.registry.schema.ApplyTypes;
import dev.flotilla.registry.schema.Models;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.apps.Deployment;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.random.RandomGenerator;

/// Deployments that someone might apply, and those who do.
final class Wishes {
    static final Type DEPLOYMENT = new ApplyTypes(new Models()).of(Deployment.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final RandomGenerator random;

    Wishes(RandomGenerator random) {
        this.random = random;
    }

    static Writer writer(String name) {
        return new Writer(name, "apps/v1", "", "2026-05-01T12:00:00Z");
    }

    static Applying by(String name) {
        return new Applying(DEPLOYMENT, writer(name));
    }

    /// @param text JSON with `'` for `"`
    static ObjectNode json(String text) {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }

    /// A deployment of which `fields` says something.
    static ObjectNode deployment(String fields) {
        var object = json("{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web'}}");
        object.setAll(json(fields));
        Tree.child(object, "metadata").put("name", "web");
        return object;
    }

    /// The object as it is kept after that.
    static ObjectNode kept(Applying.Applied applied) {
        var kept = applied.object().deepCopy();
        if (!applied.managedFields().isEmpty()) {
            Tree.child(kept, "metadata").set("managedFields", applied.managedFields());
        }
        return kept;
    }

    static ObjectNode kept(ObjectNode object, ArrayNode entries) {
        var kept = Tracking.bare(object).deepCopy();
        Tree.child(kept, "metadata").set("managedFields", entries);
        return kept;
    }

    /// Something of a deployment.
    ///
    /// @param corner names in it begin so: wishes of different corners have nothing in common
    ObjectNode any(String corner) {
        var object = deployment("{}");
        maybe(() -> texts(Tree.child(Tree.child(object, "metadata"), "labels"), corner));
        maybe(
                () ->
                        Tree.child(object, "metadata")
                                .putArray("finalizers")
                                .add(corner + "/" + random.nextInt(3)));
        var pod = pod(corner);
        if (!pod.isEmpty()) {
            Tree.child(Tree.child(object, "spec"), "template").set("spec", pod);
        }
        if (corner.isEmpty()) {
            maybe(() -> Tree.child(object, "spec").put("replicas", random.nextInt(3)));
            maybe(() -> Tree.child(object, "spec").put("paused", random.nextBoolean()));
        }
        return object;
    }

    private ObjectNode pod(String corner) {
        var pod = Tree.empty();
        maybe(
                () -> {
                    var containers = pod.putArray("containers");
                    for (var name : List.of("a", "b", "c")) {
                        maybe(() -> container(containers.addObject(), corner + name, corner));
                    }
                    if (containers.isEmpty()) {
                        pod.remove("containers");
                    }
                });
        if (corner.isEmpty()) {
            maybe(() -> texts(pod.putObject("nodeSelector"), corner));
            maybe(() -> pod.putArray("tolerations").addObject().put("key", "" + random.nextInt(3)));
        }
        return pod;
    }

    private void container(ObjectNode container, String name, String corner) {
        container.put("name", name);
        maybe(() -> container.put("image", "i" + random.nextInt(3)));
        maybe(() -> container.putArray("args").add("" + random.nextInt(3)));
        maybe(
                () ->
                        container
                                .putArray("env")
                                .addObject()
                                .put("name", corner + random.nextInt(3))
                                .put("value", "" + random.nextInt(3)));
        maybe(
                () ->
                        container
                                .putArray("ports")
                                .addObject()
                                .put("containerPort", random.nextInt(3)));
    }

    private void texts(ObjectNode object, String corner) {
        for (int i = 0; i < 3; i++) {
            var name = corner + i;
            maybe(() -> object.put(name, "" + random.nextInt(3)));
        }
        object.put(corner + "x", "" + random.nextInt(3));
    }

    private void maybe(Runnable action) {
        if (random.nextBoolean()) {
            action.run();
        }
    }
}
