package dev.flotilla.registry.engine;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.Problem;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.table.Selectors;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The `autoscaling/v1` Scale of an object that has replicas.
public final class Scales {
    private Scales() {}

    /// The Scale of an object, with its metadata.
    public static ObjectNode view(ResourceType type, ObjectNode object) {
        var scale = Tree.empty().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        var metadata = scale.putObject("metadata");
        for (var name :
                List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            Tree.carry(Tree.child(object, "metadata"), metadata, name);
        }
        var spec = scale.putObject("spec");
        long replicas = Tree.number(object, 0, "spec", "replicas");
        if (replicas > 0) {
            spec.put("replicas", (int) replicas);
        }
        scale.putObject("status")
                .put("replicas", (int) Tree.number(object, 0, "status", "replicas"))
                .put("selector", Selectors.line(Tree.at(object, "spec", "selector")));
        return scale;
    }

    /// `object` with the number of replicas that `scale` asks for.
    public static ObjectNode applied(ResourceType type, ObjectNode object, ObjectNode scale) {
        checkReplicas(type, scale);
        int replicas = (int) Tree.number(scale, 0, "spec", "replicas");
        Tree.child(object, "spec").put("replicas", replicas);
        var revision = Tree.text(scale, "metadata", "resourceVersion");
        if (revision.isEmpty()) {
            Tree.child(object, "metadata").remove("resourceVersion");
        } else {
            Tree.child(object, "metadata").put("resourceVersion", revision);
        }
        return object;
    }

    /// That a Scale asks for a whole number from 0.
    ///
    /// @throws ApiFailure 400 for what is no number, 422 for a negative one
    public static void checkReplicas(ResourceType type, ObjectNode scale) {
        var wanted = Tree.at(scale, "spec", "replicas");
        if (!wanted.isMissingNode() && !(wanted.isIntegralNumber() && wanted.canConvertToInt())) {
            throw ApiFailure.badRequest(
                    "Scale in version \"v1\" cannot be handled as a Scale: json: cannot unmarshal"
                            + " into Go struct field ScaleSpec.spec.replicas of type int32");
        }
        int replicas = (int) Tree.number(scale, 0, "spec", "replicas");
        if (replicas < 0) {
            throw ApiFailure.invalid(
                    type,
                    Tree.text(scale, "metadata", "name"),
                    List.of(
                            Problem.invalid(
                                    "spec.replicas",
                                    replicas,
                                    "must be greater than or equal to 0")));
        }
    }
}
