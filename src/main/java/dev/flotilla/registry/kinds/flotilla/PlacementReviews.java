package dev.flotilla.registry.kinds.flotilla;

import dev.flotilla.model.PlacementReview;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

final class PlacementReviews implements Kind {
    private static final ResourceType TYPE =
            Types.of("flotilla.dev/v1alpha1", "placementreviews", PlacementReview.class)
                    .clusterScoped()
                    .verbs("create")
                    .build();

    private static final List<String> SUBJECTS = List.of("pod", "deployment", "node");

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean virtual() {
        return true;
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        if (SUBJECTS.stream().filter(s -> Tree.has(object, "spec", s)).count() != 1) {
            problems.required("spec", "exactly one of `pod`, `deployment` and `node`");
        }
        if (!Tree.has(object, "spec", "node") && Tree.text(object, "spec", "namespace").isEmpty()) {
            problems.required("spec.namespace", "");
        }
    }
}
