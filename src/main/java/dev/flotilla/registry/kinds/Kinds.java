package dev.flotilla.registry.kinds;

import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kinds.apps.AppsKinds;
import dev.flotilla.registry.kinds.autoscaling.AutoscalingKinds;
import dev.flotilla.registry.kinds.batch.BatchKinds;
import dev.flotilla.registry.kinds.coordination.CoordinationKinds;
import dev.flotilla.registry.kinds.core.CoreKinds;
import dev.flotilla.registry.kinds.event.EventKinds;
import dev.flotilla.registry.kinds.extension.ExtensionKinds;
import dev.flotilla.registry.kinds.flotilla.FlotillaKinds;
import dev.flotilla.registry.kinds.limits.LimitKinds;
import dev.flotilla.registry.kinds.network.NetworkKinds;
import dev.flotilla.registry.kinds.node.NodeKinds;
import dev.flotilla.registry.kinds.pod.PodKinds;
import dev.flotilla.registry.kinds.policy.PolicyKinds;
import dev.flotilla.registry.kinds.rbac.RbacKinds;
import dev.flotilla.registry.kinds.storage.StorageKinds;

import java.util.List;
import java.util.stream.Stream;

/// Every kind there is, in the order of discovery.
public final class Kinds {
    private static final List<Kind> ALL =
            Stream.of(
                            CoreKinds.all(),
                            PodKinds.all(),
                            NetworkKinds.all(),
                            StorageKinds.all(),
                            LimitKinds.all(),
                            AppsKinds.all(),
                            EventKinds.all(),
                            AutoscalingKinds.all(),
                            BatchKinds.all(),
                            PolicyKinds.all(),
                            RbacKinds.all(),
                            NodeKinds.all(),
                            CoordinationKinds.all(),
                            ExtensionKinds.all(),
                            FlotillaKinds.all())
                    .flatMap(List::stream)
                    .toList();

    private Kinds() {}

    public static List<Kind> all() {
        return ALL;
    }
}
