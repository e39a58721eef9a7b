package dev.flotilla.server.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import java.util.Set;

/// Which zeros say something.
///
/// Go writes the zero of a plain field into protobuf but not into JSON; descriptors don't tell
/// plain fields from pointers. So the fields whose zero differs from their absence are named here,
/// after the API reference: those that are optional with another default, and those that JSON
/// always has.
final class Zeros {
    private static final Set<String> FALSE_SAYS_SOMETHING =
            Set.of(
                    "allocateLoadBalancerNodePorts",
                    "allowPrivilegeEscalation",
                    "allowed",
                    "automountServiceAccountToken",
                    "blockOwnerDeletion",
                    "controller",
                    "enableServiceLinks",
                    "hostUsers",
                    "immutable",
                    "optional",
                    "privileged",
                    "readOnlyRootFilesystem",
                    "runAsNonRoot",
                    "setHostnameAsFQDN",
                    "shareProcessNamespace",
                    "started",
                    "suspend",
                    "allowVolumeExpansion",
                    "orphanDependents");

    private static final Set<String> FALSE_IN_STATUS = Set.of("ready");

    private static final Set<String> ZERO_SAYS_SOMETHING =
            Set.of(
                    "activeDeadlineSeconds",
                    "averageUtilization",
                    "backoffLimit",
                    "backoffLimitPerIndex",
                    "collisionCount",
                    "completions",
                    "currentReplicas",
                    "defaultMode",
                    "deletionGracePeriodSeconds",
                    "desiredReplicas",
                    "exitCode",
                    "failedJobsHistoryLimit",
                    "fsGroup",
                    "gracePeriodSeconds",
                    "maxFailedIndexes",
                    "minReplicas",
                    "mode",
                    "parallelism",
                    "partition",
                    "priority",
                    "progressDeadlineSeconds",
                    "replicas",
                    "restartCount",
                    "revisionHistoryLimit",
                    "runAsGroup",
                    "runAsUser",
                    "startingDeadlineSeconds",
                    "successfulJobsHistoryLimit",
                    "terminationGracePeriodSeconds",
                    "tolerationSeconds",
                    "ttlSecondsAfterFinished",
                    "value",
                    "weight");

    private static final Set<String> EMPTY_SAYS_SOMETHING = Set.of("storageClassName");

    private Zeros() {}

    static boolean meansNothing(Message in, FieldDescriptor field, Object value) {
        var name = field.getName();
        return switch (value) {
            case String s -> s.isEmpty() && !EMPTY_SAYS_SOMETHING.contains(name);
            case Boolean b ->
                    !b
                            && !FALSE_SAYS_SOMETHING.contains(name)
                            && !(FALSE_IN_STATUS.contains(name)
                                    && in.getDescriptorForType()
                                            .getName()
                                            .equals("ContainerStatus"));
            case Number n -> n.doubleValue() == 0 && !ZERO_SAYS_SOMETHING.contains(name);
            case ByteString bytes -> bytes.isEmpty();
            case Message m -> name.equals("targetPort") && isZeroPort(m);
            default -> false;
        };
    }

    private static boolean isZeroPort(Message intOrString) {
        return Scalars.intOrString(intOrString).asString("").matches("0?");
    }
}
