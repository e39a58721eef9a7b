package dev.flotilla.server.proto;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;

import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which message carries which kind: the one of that name in the file of that group version.
final class Messages {
    /// Kinds of apimachinery that any group version may carry.
    private static final Set<String> META =
            Set.of(
                    "CreateOptions",
                    "DeleteOptions",
                    "GetOptions",
                    "ListOptions",
                    "PatchOptions",
                    "UpdateOptions",
                    "Status");

    private final Map<String, FileDescriptor> files =
            Map.ofEntries(
                    Map.entry("v1", V1.getDescriptor()),
                    Map.entry("apps/v1", V1Apps.getDescriptor()),
                    Map.entry("authentication.k8s.io/v1", V1Authentication.getDescriptor()),
                    Map.entry("authorization.k8s.io/v1", V1Authorization.getDescriptor()),
                    Map.entry("autoscaling/v1", V1Autoscaling.getDescriptor()),
                    Map.entry("batch/v1", V1Batch.getDescriptor()),
                    Map.entry("networking.k8s.io/v1", V1Networking.getDescriptor()),
                    Map.entry("policy/v1", V1Policy.getDescriptor()),
                    Map.entry("rbac.authorization.k8s.io/v1", V1Rbac.getDescriptor()),
                    Map.entry("scheduling.k8s.io/v1", V1Scheduling.getDescriptor()),
                    Map.entry("storage.k8s.io/v1", V1Storage.getDescriptor()));

    Optional<Message> of(String apiVersion, String kind) {
        var file = META.contains(kind) ? Meta.getDescriptor() : files.get(apiVersion);
        return Optional.ofNullable(file)
                .map(f -> f.findMessageTypeByName(kind))
                .map(DynamicMessage::getDefaultInstance);
    }
}
