package dev.flotilla.server.proto;

import com.google.protobuf.Descriptors.FieldDescriptor;

import java.util.Set;

/// The structs that Go embeds: their fields stand in JSON among those of the struct around them.
final class Embedded {
    private static final Set<String> FIELDS =
            Set.of(
                    "ephemeralContainerCommon",
                    "handler",
                    "ingressRuleValue",
                    "localObjectReference",
                    "persistentVolumeSource",
                    "volumeSource");

    private Embedded() {}

    static boolean is(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !field.isRepeated()
                && FIELDS.contains(field.getName());
    }
}
