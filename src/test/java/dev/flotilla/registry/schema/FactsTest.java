package dev.flotilla.registry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;

import org.junit.jupiter.api.Test;

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
