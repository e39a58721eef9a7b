package dev.flotilla.server.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import io.kubernetes.client.proto.IntStr.IntOrString;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.Runtime.TypeMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authorization;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.util.Random;

class ProtobufBodyTest {
    private final ProtobufBody body = new ProtobufBody();

    @Test
    void aDeploymentIsWhatGoWouldWriteAsJson() throws Exception {
        var container =
                V1.Container.newBuilder()
                        .setName("web")
                        .setImage("nginx")
                        .setWorkingDir("")
                        .setStdin(false)
                        .addPorts(V1.ContainerPort.newBuilder().setHostPort(0).setContainerPort(80))
                        .addEnv(
                                V1.EnvVar.newBuilder()
                                        .setName("PASSWORD")
                                        .setValueFrom(
                                                V1.EnvVarSource.newBuilder()
                                                        .setSecretKeyRef(
                                                                V1.SecretKeySelector.newBuilder()
                                                                        .setLocalObjectReference(
                                                                                V1
                                                                                        .LocalObjectReference
                                                                                        .newBuilder()
                                                                                        .setName(
                                                                                                "db"))
                                                                        .setKey("password")
                                                                        .setOptional(false))))
                        .setResources(
                                V1.ResourceRequirements.newBuilder()
                                        .putRequests(
                                                "cpu",
                                                Quantity.newBuilder().setString("100m").build()))
                        .setReadinessProbe(
                                V1.Probe.newBuilder()
                                        .setHandler(
                                                V1.ProbeHandler.newBuilder()
                                                        .setHttpGet(
                                                                V1.HTTPGetAction.newBuilder()
                                                                        .setPath("/")
                                                                        .setPort(text("http"))))
                                        .setPeriodSeconds(5));
        var pod =
                V1.PodSpec.newBuilder()
                        .addContainers(container)
                        .setHostNetwork(false)
                        .setTerminationGracePeriodSeconds(0)
                        .setAutomountServiceAccountToken(false)
                        .addVolumes(
                                V1.Volume.newBuilder()
                                        .setName("data")
                                        .setVolumeSource(
                                                V1.VolumeSource.newBuilder()
                                                        .setEmptyDir(
                                                                V1.EmptyDirVolumeSource
                                                                        .getDefaultInstance())));
        var deployment =
                V1Apps.Deployment.newBuilder()
                        .setMetadata(
                                Meta.ObjectMeta.newBuilder()
                                        .setName("web")
                                        .setGenerateName("")
                                        .setGeneration(0)
                                        .setCreationTimestamp(Meta.Time.getDefaultInstance())
                                        .putLabels("app", "web"))
                        .setSpec(
                                V1Apps.DeploymentSpec.newBuilder()
                                        .setReplicas(0)
                                        .setMinReadySeconds(0)
                                        .setPaused(false)
                                        .setSelector(
                                                Meta.LabelSelector.newBuilder()
                                                        .putMatchLabels("app", "web"))
                                        .setTemplate(V1.PodTemplateSpec.newBuilder().setSpec(pod))
                                        .setStrategy(
                                                V1Apps.DeploymentStrategy.newBuilder()
                                                        .setType("RollingUpdate")
                                                        .setRollingUpdate(
                                                                V1Apps.RollingUpdateDeployment
                                                                        .newBuilder()
                                                                        .setMaxSurge(text("25%"))
                                                                        .setMaxUnavailable(
                                                                                number(0)))))
                        .setStatus(V1Apps.DeploymentStatus.newBuilder().setObservedGeneration(0))
                        .build();
        assertRead(
                "apps/v1",
                "Deployment",
                deployment,
                """
                {"kind": "Deployment", "apiVersion": "apps/v1",
                 "metadata": {"name": "web", "labels": {"app": "web"}},
                 "spec": {"replicas": 0, "selector": {"matchLabels": {"app": "web"}},
                  "template": {"spec": {
                   "volumes": [{"name": "data", "emptyDir": {}}],
                   "containers": [{"name": "web", "image": "nginx",
                    "ports": [{"containerPort": 80}],
                    "env": [{"name": "PASSWORD", "valueFrom": {"secretKeyRef":
                      {"name": "db", "key": "password", "optional": false}}}],
                    "resources": {"requests": {"cpu": "100m"}},
                    "readinessProbe": {"httpGet": {"path": "/", "port": "http"}, "periodSeconds": 5}}],
                   "terminationGracePeriodSeconds": 0, "automountServiceAccountToken": false}},
                  "strategy": {"type": "RollingUpdate",
                   "rollingUpdate": {"maxUnavailable": 0, "maxSurge": "25%"}}},
                 "status": {}}
                """);
    }

    @Test
    void bytesBecomeBase64AndTimesText() throws Exception {
        var secret =
                V1.Secret.newBuilder()
                        .setMetadata(
                                Meta.ObjectMeta.newBuilder()
                                        .setName("s")
                                        .setCreationTimestamp(
                                                Meta.Time.newBuilder().setSeconds(1767225600)))
                        .putData("key", ByteString.copyFrom(new byte[] {0, (byte) 0xff}))
                        .setImmutable(false)
                        .build();
        assertRead(
                "v1",
                "Secret",
                secret,
                """
                {"kind": "Secret", "apiVersion": "v1",
                 "metadata": {"name": "s", "creationTimestamp": "2026-01-01T00:00:00Z"},
                 "data": {"key": "AP8="}, "immutable": false}
                """);
        var event =
                V1.Event.newBuilder()
                        .setEventTime(
                                Meta.MicroTime.newBuilder()
                                        .setSeconds(1767225600)
                                        .setNanos(12_345_000))
                        .setFirstTimestamp(Meta.Time.getDefaultInstance())
                        .setCount(0)
                        .build();
        assertRead(
                "v1",
                "Event",
                event,
                """
                {"kind": "Event", "apiVersion": "v1", "eventTime": "2026-01-01T00:00:00.012345Z"}
                """);
    }

    @Test
    void optionsAndReviewsAreReadToo() throws Exception {
        var options =
                Meta.DeleteOptions.newBuilder()
                        .setGracePeriodSeconds(0)
                        .setPropagationPolicy("Background")
                        .build();
        assertRead(
                "apps/v1",
                "DeleteOptions",
                options,
                """
                {"kind": "DeleteOptions", "apiVersion": "apps/v1",
                 "gracePeriodSeconds": 0, "propagationPolicy": "Background"}
                """);
        var review =
                V1Authorization.SelfSubjectAccessReview.newBuilder()
                        .setSpec(
                                V1Authorization.SelfSubjectAccessReviewSpec.newBuilder()
                                        .setResourceAttributes(
                                                V1Authorization.ResourceAttributes.newBuilder()
                                                        .setVerb("create")
                                                        .setResource("pods")))
                        .setStatus(
                                V1Authorization.SubjectAccessReviewStatus.newBuilder()
                                        .setAllowed(false))
                        .build();
        assertRead(
                "authorization.k8s.io/v1",
                "SelfSubjectAccessReview",
                review,
                """
                {"kind": "SelfSubjectAccessReview", "apiVersion": "authorization.k8s.io/v1",
                 "spec": {"resourceAttributes": {"verb": "create", "resource": "pods"}},
                 "status": {"allowed": false}}
                """);
    }

    @Test
    void managedFieldsKeepTheirJson() throws Exception {
        var map =
                V1.ConfigMap.newBuilder()
                        .setMetadata(
                                Meta.ObjectMeta.newBuilder()
                                        .addManagedFields(
                                                Meta.ManagedFieldsEntry.newBuilder()
                                                        .setManager("me")
                                                        .setFieldsV1(
                                                                Meta.FieldsV1.newBuilder()
                                                                        .setRaw(
                                                                                ByteString
                                                                                        .copyFromUtf8(
                                                                                                "{\"f:data\":{}}")))))
                        .build();
        assertRead(
                "v1",
                "ConfigMap",
                map,
                """
                {"kind": "ConfigMap", "apiVersion": "v1", "metadata":
                 {"managedFields": [{"manager": "me", "fieldsV1": {"f:data": {}}}]}}
                """);
    }

    @Test
    void saysWhatItCanNotRead() {
        assertThatThrownBy(() -> body.read(new byte[] {1, 2, 3}, "", ""))
                .isInstanceOf(ProtobufBody.Unreadable.class)
                .hasMessageContaining("protobuf");
        assertThatThrownBy(
                        () -> body.read(enveloped("example.org/v1", "Thing", new byte[0]), "", ""))
                .isInstanceOf(ProtobufBody.Unreadable.class)
                .hasMessageContaining("Thing");
        assertThatThrownBy(
                        () ->
                                body.read(
                                        enveloped("v1", "Pod", new byte[] {(byte) 0xff, 1}),
                                        "",
                                        ""))
                .isInstanceOf(ProtobufBody.Unreadable.class);
    }

    /// Whatever comes, it is read or called unreadable.
    @Test
    void damageIsNeverWorseThanUnreadable() throws Exception {
        var random = new Random(7);
        var pod =
                V1.Pod.newBuilder()
                        .setSpec(
                                V1.PodSpec.newBuilder()
                                        .addContainers(V1.Container.newBuilder().setName("a")))
                        .build();
        int unreadable = 0;
        for (var i = 0; i < 5000; i++) {
            var bytes = enveloped("v1", "Pod", pod.toByteArray());
            for (var j = 0; j <= random.nextInt(4); j++) {
                bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
            }
            try {
                body.read(bytes, "", "");
            } catch (ProtobufBody.Unreadable e) {
                unreadable++;
            }
        }
        assertThat(unreadable).isBetween(100, 5000);
    }

    private void assertRead(String apiVersion, String kind, Message message, String json)
            throws Exception {
        assertThat(body.read(enveloped(apiVersion, kind, message.toByteArray()), "", ""))
                .isEqualTo(JsonMapper.shared().readTree(json));
    }

    private static byte[] enveloped(String apiVersion, String kind, byte[] message) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'k', '8', 's', 0});
        out.writeBytes(
                Unknown.newBuilder()
                        .setTypeMeta(TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
                        .setRaw(ByteString.copyFrom(message))
                        .build()
                        .toByteArray());
        return out.toByteArray();
    }

    private static IntOrString text(String value) {
        return IntOrString.newBuilder().setType(1).setStrVal(value).build();
    }

    private static IntOrString number(int value) {
        return IntOrString.newBuilder().setType(0).setIntVal(value).build();
    }
}
