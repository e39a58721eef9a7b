package dev.flotilla.registry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.apply.Type;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.ScopedResourceSelectorRequirement;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The table of facts: every word of it is about something that is there.
class FactsTest {
    private static final Path TABLE =
            Path.of("src/main/resources/dev/flotilla/registry/schema/facts.txt");
    private static final String MODEL = "io.fabric8.kubernetes.api.model.";

    @Test
    void namesOnlyTypesAndFieldsThatTheModelHas() throws IOException {
        var models = new Models();
        var strange = new ArrayList<String>();
        Class<?> type = Void.class;
        for (var line : Files.readAllLines(TABLE)) {
            var words = Arrays.asList(line.strip().split(" +"));
            if (line.startsWith("#")) {
                continue;
            }
            var named = new ArrayList<String>();
            if (line.startsWith(" ")) {
                named.add(words.getFirst());
            } else {
                type = type(words.getFirst(), strange);
                named.addAll(Facts.of(type).required());
            }
            var fields = models.fields(type).keySet();
            for (var field : named) {
                if (!fields.contains(field)) {
                    strange.add(type.getSimpleName() + "." + field);
                }
            }
        }
        assertThat(strange).isEmpty();
    }

    @Test
    void keysAreFieldsOfTheElements() throws IOException {
        var models = new Models();
        for (var line : Files.readAllLines(TABLE)) {
            if (line.startsWith("#") || line.startsWith(" ")) {
                continue;
            }
            var type = type(line.split(" ")[0], new ArrayList<>());
            Facts.of(type)
                    .fields()
                    .forEach(
                            (name, facts) -> {
                                if (!facts.keys().isEmpty()) {
                                    assertThat(elementFields(models, type, name))
                                            .as(type + "." + name)
                                            .containsAll(facts.keys());
                                }
                            });
        }
    }

    @Test
    void knowsHowListsAreMerged() {
        assertThat(Facts.of(Container.class, "ports").keys())
                .containsExactly("containerPort", "protocol");
        assertThat(Facts.of(Container.class, "ports").mergeKey()).isEqualTo("containerPort");
        assertThat(Facts.of(PodSpec.class, "volumes").strategy()).isEqualTo("merge,retainKeys");
        assertThat(Facts.of(PodSpec.class, "tolerations").listType()).isEqualTo("atomic");
        assertThat(Facts.of(PodStatus.class, "hostIPs").listType()).isEqualTo("atomic");
        assertThat(Facts.of(PodStatus.class, "hostIPs").merged()).isTrue();
        assertThat(Facts.of(JobStatus.class, "conditions").listType()).isEqualTo("atomic");
        assertThat(Facts.of(ObjectMeta.class, "finalizers").listType()).isEqualTo("set");
        assertThat(Facts.of(ServiceSpec.class, "selector").atomic()).isTrue();
        assertThat(Facts.of(DeploymentSpec.class, "strategy").strategy()).isEqualTo("retainKeys");
        assertThat(Facts.of(DeploymentSpec.class).required())
                .containsExactly("selector", "template");
    }

    /// What was looked up in Kubernetes' own schema for server-side apply, of fields newer than
    /// those of the document that the table was made from.
    @ParameterizedTest
    @CsvSource({
        "PodSpec, resourceClaims, map, name",
        "PodSpec, schedulingGates, map, name",
        "PodSpec, topologySpreadConstraints, map, topologyKey/whenUnsatisfiable",
        "PodSpec, readinessGates, atomic, ''",
        "PodStatus, resourceClaimStatuses, map, name",
        "PodStatus, containerStatuses, atomic, ''",
        "PodStatus, podIPs, map, ip",
        "Container, resizePolicy, atomic, ''",
        "Container, restartPolicyRules, atomic, ''",
        "Container, volumeMounts, map, mountPath",
        "ContainerRestartRuleOnExitCodes, values, set, ''",
        "ContainerStatus, allocatedResourcesStatus, map, name",
        "ContainerStatus, volumeMounts, map, mountPath",
        "ResourceRequirements, claims, map, name",
        "ResourceStatus, resources, map, resourceID",
        "TopologySpreadConstraint, matchLabelKeys, atomic, ''",
        "PodAffinityTerm, mismatchLabelKeys, atomic, ''",
        "LinuxContainerUser, supplementalGroups, atomic, ''",
        "LoadBalancerIngress, ports, atomic, ''",
        "NodeStatus, runtimeHandlers, atomic, ''",
        "NodeStatus, addresses, map, type",
        "NodeSpec, podCIDRs, set, ''",
        "ServiceSpec, ports, map, port/protocol",
        "ServiceSpec, clusterIPs, atomic, ''",
        "ServiceStatus, conditions, map, type",
        "PersistentVolumeClaimStatus, conditions, map, type",
        "batch.v1.JobStatus, conditions, atomic, ''",
        "batch.v1.PodFailurePolicy, rules, atomic, ''",
        "batch.v1.PodFailurePolicyOnExitCodesRequirement, values, set, ''",
        "batch.v1.SuccessPolicy, rules, atomic, ''",
        "batch.v1.UncountedTerminatedPods, failed, set, ''",
        "autoscaling.v2.HorizontalPodAutoscalerSpec, metrics, atomic, ''",
        "autoscaling.v2.HorizontalPodAutoscalerStatus, conditions, map, type"
    })
    void listsAreAsInKubernetes(String type, String field, String listType, String keys)
            throws ClassNotFoundException {
        var model = Class.forName(MODEL + type);
        var facts = Facts.of(model, field);
        assertThat(new Models().fields(model)).containsKey(field);
        assertThat(facts.listType()).isEqualTo(listType);
        assertThat(String.join("/", facts.keys())).isEqualTo(keys);
    }

    @Test
    void someFieldsAreMergedThoughTheirTypeIsNot() {
        assertThat(Facts.of(ObjectReference.class).atomic()).isTrue();
        assertThat(Facts.of(PersistentVolumeSpec.class, "claimRef").granular()).isTrue();
        assertThat(Facts.of(ScopedResourceSelectorRequirement.class).atomic()).isFalse();
        assertThat(Facts.of(SeccompProfile.class).union())
                .containsExactly("type", "localhostProfile");
        var types = new ApplyTypes(new Models());
        assertThat(types.of(PersistentVolumeSpec.class))
                .extracting(t -> ((Type.Struct) t).field("claimRef"))
                .isInstanceOf(Type.Struct.class);
    }

    @Test
    void tellsKindsOfTheSameNameApart() {
        assertThat(Facts.of(io.fabric8.kubernetes.api.model.Event.class).required())
                .containsExactly("involvedObject", "metadata");
        assertThat(Facts.of(io.fabric8.kubernetes.api.model.events.v1.Event.class).required())
                .containsExactly("eventTime");
        assertThat(
                        Facts.of(
                                        io.fabric8.kubernetes.api.model.autoscaling.v1
                                                .CrossVersionObjectReference.class)
                                .atomic())
                .isTrue();
        assertThat(
                        Facts.of(
                                        io.fabric8.kubernetes.api.model.autoscaling.v2
                                                .CrossVersionObjectReference.class)
                                .atomic())
                .isFalse();
    }

    private static Set<String> elementFields(Models models, Class<?> type, String field) {
        return models.fields(type).get(field) instanceof Shape.ListOf(Shape.Fields(var element))
                ? models.fields(element).keySet()
                : Set.of();
    }

    private static Class<?> type(String name, List<String> strange) {
        var parts = name.split("\\.");
        var last = parts[parts.length - 1];
        var ours = Stream.of("dev.flotilla.model.MachineSpec$Ssh");
        var theirs =
                Stream.of("", parts[0] + ".", parts[0] + "." + parts[1] + ".")
                        .map(p -> MODEL + p + last);
        var found =
                Stream.concat(name.startsWith("dev.") ? ours : Stream.empty(), theirs)
                        .flatMap(FactsTest::load)
                        .filter(c -> ComponentNames.inFacts(c).equals(name))
                        .findFirst();
        if (found.isEmpty()) {
            strange.add(name);
        }
        return found.orElse(Void.class);
    }

    private static Stream<Class<?>> load(String name) {
        try {
            return Stream.of(Class.forName(name));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }
}
