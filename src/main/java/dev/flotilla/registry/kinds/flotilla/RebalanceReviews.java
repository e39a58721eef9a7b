package dev.flotilla.registry.kinds.flotilla;

import dev.flotilla.model.RebalanceReview;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Types;

final class RebalanceReviews implements Kind {
    private static final ResourceType TYPE =
            Types.of("flotilla.dev/v1alpha1", "rebalancereviews", RebalanceReview.class)
                    .clusterScoped()
                    .verbs("create")
                    .build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean virtual() {
        return true;
    }
}
