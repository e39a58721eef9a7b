package dev.flotilla.registry.kinds.rbac;

import dev.flotilla.registry.kind.Kind;

import java.util.List;

/// The kinds of this package, in the order of discovery.
public final class RbacKinds {
    private RbacKinds() {}

    public static List<Kind> all() {
        return List.of(RoleBindings.EVERYWHERE, new ClusterRoles(), RoleBindings.HERE, new Roles());
    }
}
