package dev.flotilla.registry.apply;

import java.util.stream.Stream;

/// The fields that nobody but the server has a say in, and so nobody owns.
final class ServersOwn {
    static final FieldSet FIELDS =
            Stream.concat(
                            Stream.of(
                                    FieldSet.path("f:apiVersion"),
                                    FieldSet.path("f:kind"),
                                    FieldSet.path("f:metadata")),
                            Stream.of(
                                            "name",
                                            "namespace",
                                            "creationTimestamp",
                                            "selfLink",
                                            "uid",
                                            "clusterName",
                                            "generation",
                                            "managedFields",
                                            "resourceVersion")
                                    .map(n -> FieldSet.path("f:metadata", "f:" + n)))
                    .reduce(FieldSet.NONE, FieldSet::or);

    private ServersOwn() {}
}
