package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.DeleteOptions;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

/// Budgets in a running cluster: the loop counts, evictions draw on it.
class BudgetsTest {
    private World world;

    @BeforeEach
    void start() {
        world = new World(7, 0);
        People.NODES.forEach(n -> world.addNode(n, 8000));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void run(int replicas) {
        var people = new People(world);
        people.deploy(People.APPS.getFirst(), replicas);
        world.calm();
    }

    private void budget(
            String name, @Nullable IntOrString least, @Nullable IntOrString most, String app) {
        world.truth.create(
                new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withMinAvailable(least)
                        .withMaxUnavailable(most)
                        .withNewSelector()
                        .addToMatchLabels("app", app)
                        .endSelector()
                        .endSpec()
                        .build());
        world.calm();
    }

    private PodDisruptionBudgetStatus status() {
        return world.truth
                .get(PodDisruptionBudget.class, new ObjectKey("default", "budget"))
                .orElseThrow()
                .getStatus();
    }

    private static @Nullable IntOrString share(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return text.endsWith("%") ? new IntOrString(text) : new IntOrString(Integer.parseInt(text));
    }

    @ParameterizedTest
    @CsvSource({
        "3,, 5, 3, 5, 2",
        "50%,, 5, 3, 5, 2",
        ", 1, 5, 4, 5, 1",
        ", 30%, 5, 3, 5, 2",
        ", 0, 5, 5, 5, 0",
        "9,, 5, 9, 5, 0",
    })
    void theLoopCounts(
            @Nullable String least,
            @Nullable String most,
            int replicas,
            int desired,
            int healthy,
            int allowed) {
        run(replicas);
        budget("budget", share(least), share(most), People.APPS.getFirst());
        assertThat(status().getExpectedPods()).isEqualTo(replicas);
        assertThat(status().getDesiredHealthy()).isEqualTo(desired);
        assertThat(status().getCurrentHealthy()).isEqualTo(healthy);
        assertThat(status().getDisruptionsAllowed()).isEqualTo(allowed);
        assertThat(status().getObservedGeneration()).isEqualTo(1);
        assertThat(status().getConditions())
                .extracting(Condition::getType, Condition::getStatus, Condition::getReason)
                .containsExactly(
                        tuple(
                                "DisruptionAllowed",
                                allowed > 0 ? "True" : "False",
                                allowed > 0 ? "SufficientPods" : "InsufficientPods"));
    }

    private ApiFailure refusal(Pod pod) {
        return catchThrowableOfType(
                ApiFailure.class,
                () -> world.registry.evict(ObjectKey.of(pod), DeleteOptions.PLAIN));
    }

    private List<Pod> pods() {
        return world.pods(People.APPS.getFirst());
    }

    @Test
    void evictionsDrawOnTheBudgetUntilItIsEmpty() {
        run(4);
        budget("budget", share("2"), null, People.APPS.getFirst());
        var pods = pods();
        assertThat(refusal(pods.get(0))).isNull();
        assertThat(status().getDisruptionsAllowed()).isEqualTo(1);
        assertThat(status().getDisruptedPods()).containsKey(pods.get(0).getMetadata().getName());
        var leaving = world.truth.get(Pod.class, ObjectKey.of(pods.get(0))).orElseThrow();
        assertThat(Owners.leaving(leaving)).isTrue();
        assertThat(leaving.getStatus().getConditions())
                .anySatisfy(
                        c -> {
                            assertThat(c.getType()).isEqualTo("DisruptionTarget");
                            assertThat(c.getReason()).isEqualTo("EvictionByEvictionAPI");
                        });
        assertThat(refusal(pods.get(1))).isNull();
        var refused = refusal(pods.get(2));
        assertThat(refused.code()).isEqualTo(429);
        assertThat(refused.reason()).isEqualTo("TooManyRequests");
        assertThat(refused)
                .hasMessage("Cannot evict pod as it would violate the pod's disruption budget.");
        assertThat(refused.status().at("/details/causes/0/reason").asString())
                .isEqualTo("DisruptionBudget");
        assertThat(refused.status().at("/details/causes/0/message").asString())
                .isEqualTo("The disruption budget budget does not allow evicting pods currently");
        world.calm();
        assertThat(status().getDisruptionsAllowed()).as("replaced").isEqualTo(2);
        assertThat(status().getDisruptedPods()).isNullOrEmpty();
        assertThat(pods()).hasSize(4);
    }

    @Test
    void aBudgetThatNeedsAllSaysSo() {
        run(2);
        budget("budget", share("2"), null, People.APPS.getFirst());
        assertThat(refusal(pods().getFirst()).status().at("/details/causes/0/message").asString())
                .isEqualTo("The disruption budget budget needs 2 healthy pods and has 2 currently");
    }

    @Test
    void aBudgetNobodyHasCountedYetIsWaitedFor() {
        run(3);
        world.truth.create(
                new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("budget")
                        .endMetadata()
                        .withNewSpec()
                        .withMinAvailable(new IntOrString(1))
                        .withNewSelector()
                        .endSelector()
                        .endSpec()
                        .build());
        var refused = refusal(pods().getFirst());
        assertThat(refused.status().at("/details/retryAfterSeconds").asInt()).isEqualTo(10);
        assertThat(refused.status().at("/details/causes/0/message").asString())
                .isEqualTo("The disruption budget budget is still being processed by the server.");
        world.calm();
        assertThat(refusal(pods().getFirst())).isNull();
    }

    @Test
    void twoBudgetsOverOnePodAreTooMany() {
        run(2);
        budget("budget", share("1"), null, People.APPS.getFirst());
        budget("other", share("1"), null, People.APPS.getFirst());
        assertThat(refusal(pods().getFirst()).code()).isEqualTo(500);
    }

    @Test
    void anUnhealthyPodMayGoWhileTheOthersAreEnough() {
        run(3);
        budget("budget", share("2"), null, People.APPS.getFirst());
        var ill = pods().getFirst();
        world.truth.updateStatus(
                ill,
                new PodBuilder(ill)
                        .editStatus()
                        .editMatchingCondition(c -> c.getType().equals("Ready"))
                        .withStatus("False")
                        .endCondition()
                        .endStatus()
                        .build());
        for (int i = 0; i < 50 && world.step(); i++) {
            world.pass(Duration.ZERO);
        }
        assertThat(status().getCurrentHealthy()).isEqualTo(2);
        assertThat(refusal(pods().get(1)).code()).isEqualTo(429);
        assertThat(refusal(world.truth.get(Pod.class, ObjectKey.of(ill)).orElseThrow())).isNull();
        assertThat(status().getDisruptionsAllowed()).as("not drawn on").isZero();
    }

    @Test
    void aDryRunTakesNothing() {
        run(2);
        budget("budget", share("1"), null, People.APPS.getFirst());
        long revision = world.registry.revision();
        world.registry.evict(
                ObjectKey.of(pods().getFirst()), new DeleteOptions(true, null, null, null, null));
        assertThat(world.registry.revision()).isEqualTo(revision);
    }

    @Test
    void preconditionsAreHeeded() {
        run(1);
        var key = ObjectKey.of(pods().getFirst());
        var stale =
                catchThrowableOfType(
                        ApiFailure.class,
                        () ->
                                world.registry.evict(
                                        key, new DeleteOptions(false, null, "other", null, null)));
        assertThat(stale.code()).isEqualTo(409);
        assertThat(stale.getMessage())
                .startsWith(
                        "Operation cannot be fulfilled on Pod \"" + key.name() + "\": the UID in");
    }

    @Test
    void podsOfNobodyKnownForbidAll() {
        run(1);
        var pod = pods().getFirst();
        world.truth.create(
                new PodBuilder(pod)
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("stray")
                        .addToLabels("app", "stray")
                        .addNewOwnerReference()
                        .withApiVersion("example.com/v1")
                        .withKind("Robot")
                        .withName("r")
                        .withUid("r")
                        .withController(true)
                        .endOwnerReference()
                        .endMetadata()
                        .build());
        budget("budget", null, share("1"), "stray");
        assertThat(status().getConditions())
                .singleElement()
                .satisfies(
                        c -> {
                            assertThat(c.getReason()).isEqualTo("SyncFailed");
                            assertThat(c.getMessage())
                                    .isEqualTo("found no controllers for pod \"stray\"");
                        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void howeverManyEvictAtOnceEnoughStay(long seed) {
        try (var other = new World(seed, 0.1)) {
            var people = new People(other);
            People.NODES.forEach(n -> other.addNode(n, 8000));
            var app = People.APPS.getFirst();
            people.deploy(app, 6);
            other.calm();
            other.truth.create(
                    new PodDisruptionBudgetBuilder()
                            .withNewMetadata()
                            .withNamespace("default")
                            .withName("budget")
                            .endMetadata()
                            .withNewSpec()
                            .withMinAvailable(new IntOrString(4))
                            .withNewSelector()
                            .addToMatchLabels("app", app)
                            .endSelector()
                            .endSpec()
                            .build());
            other.calm();
            other.trouble(0.1);
            for (int i = 0; i < 150; i++) {
                var pods = other.pods(app);
                if (other.random.nextInt(4) == 0 && !pods.isEmpty()) {
                    var victim = other.pick(pods);
                    var refused =
                            catchThrowableOfType(
                                    ApiFailure.class,
                                    () ->
                                            other.registry.evict(
                                                    ObjectKey.of(victim), DeleteOptions.PLAIN));
                    assertThat(refused == null ? 201 : refused.code()).isIn(201, 429);
                }
                other.step();
                if (other.random.nextInt(3) == 0) {
                    other.kubelet.step();
                }
                assertThat(other.pods(app).stream().filter(PodState::ready).count())
                        .as("ready pods")
                        .isGreaterThanOrEqualTo(4);
            }
        }
    }

    @Test
    void whatIsEvictedAndStaysIsForgivenInTime() {
        run(3);
        budget("budget", share("2"), null, People.APPS.getFirst());
        var pod = pods().getFirst();
        var noted =
                world.truth
                        .get(PodDisruptionBudget.class, new ObjectKey("default", "budget"))
                        .orElseThrow();
        world.truth.updateStatus(
                noted,
                new PodDisruptionBudgetBuilder(noted)
                        .editStatus()
                        .addToDisruptedPods(
                                pod.getMetadata().getName(),
                                world.now()
                                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                                        .toString())
                        .endStatus()
                        .build());
        for (int i = 0; i < 50 && world.step(); i++) {
            world.pass(Duration.ZERO);
        }
        assertThat(status().getDisruptionsAllowed()).isZero();
        world.pass(Duration.ofMinutes(3));
        world.calm();
        assertThat(status().getDisruptionsAllowed()).isEqualTo(1);
        assertThat(world.truth.get(Pod.class, ObjectKey.of(pod))).isPresent();
    }
}
