package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.collect.EventGc;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.DeleteOptions;
import dev.flotilla.registry.DeleteOptions.Propagation;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// Single turns of the loops on the real store and registry, nothing failing.
class LoopsTest {
    private final World world = new World(1, 0);
    private final People people = new People(world);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void sixReplicasOnThreeNodesAreTwoTwoTwo() {
        nodes("n1", "n2", "n3");
        people.deploy("web", 6);
        world.calm();
        assertThat(spread()).isEqualTo(Map.of("n1", 2, "n2", 2, "n3", 2));
        people.resize("web", 9);
        world.calm();
        assertThat(spread()).isEqualTo(Map.of("n1", 3, "n2", 3, "n3", 3));
        people.resize("web", 3);
        world.calm();
        assertThat(spread()).isEqualTo(Map.of("n1", 1, "n2", 1, "n3", 1));
    }

    @Test
    void aPodWithoutAPlaceSaysWhyAndGoesWhenOneComes() {
        people.deploy("web", 1);
        world.calm();
        var pod = world.pods("web").getFirst();
        assertThat(PodState.unschedulable(pod)).isTrue();
        assertThat(world.all(Event.class))
                .filteredOn(e -> e.getReason().equals("FailedScheduling"))
                .singleElement()
                .extracting(Event::getMessage)
                .isEqualTo("no nodes available to schedule pods");
        nodes("n1");
        world.calm();
        assertThat(PodState.ready(world.pods("web").getFirst())).isTrue();
    }

    @Test
    void aPodWaitsForRoomUntilAnotherGoes() {
        world.addNode("n1", 250);
        people.deploy("web", 3);
        world.calm();
        assertThat(world.pods("web")).filteredOn(p -> PodState.node(p) == null).hasSize(1);
        people.resize("web", 2);
        people.deploy("api", 1);
        world.calm();
        assertThat(world.pods("api")).filteredOn(p -> PodState.node(p) == null).hasSize(1);
        people.resize("web", 1);
        world.calm();
        assertThat(world.pods("api")).allSatisfy(p -> assertThat(PodState.ready(p)).isTrue());
    }

    @Test
    void aMovedPodIsReplacedThereBeforeItGoes() {
        nodes("n1", "n2");
        people.deploy("web", 1);
        world.calm();
        var pod = world.pods("web").getFirst();
        var other = "n1".equals(PodState.node(pod)) ? "n2" : "n1";
        mark(pod, Marks.MOVE_TO, other);
        while (world.step()) {
            assertThat(world.pods("web")).filteredOn(PodState::ready).isNotEmpty();
        }
        assertThat(world.pods("web")).as("the pod and its successor").hasSize(2);
        world.calm();
        assertThat(world.pods("web"))
                .singleElement()
                .satisfies(p -> assertThat(PodState.node(p)).isEqualTo(other));
        assertThat(world.deployment("web").getStatus().getReplicas()).isEqualTo(1);
    }

    @Test
    void aMoveToANodeThatClosesIsDropped() {
        nodes("n1", "n2");
        people.deploy("web", 1);
        world.calm();
        var pod = world.pods("web").getFirst();
        var other = "n1".equals(PodState.node(pod)) ? "n2" : "n1";
        world.edit(
                world.truth.get(Node.class, ObjectKey.of(other)).orElseThrow(),
                n -> new NodeBuilder(n).editOrNewSpec().withUnschedulable(true).endSpec().build());
        mark(pod, Marks.MOVE_TO, other);
        world.calm();
        assertThat(world.pods("web"))
                .singleElement()
                .satisfies(
                        p -> {
                            assertThat(p.getMetadata().getUid())
                                    .isEqualTo(pod.getMetadata().getUid());
                            assertThat(Owners.notes(p)).doesNotContainKey(Marks.MOVE_TO);
                        });
    }

    @Test
    void anAppDraggedOntoANodeGetsItsReplicaThere() {
        nodes("n1", "n2", "n3");
        people.deploy("web", 3);
        world.calm();
        people.addOn("web", "n2");
        world.calm();
        assertThat(spread()).isEqualTo(Map.of("n1", 1, "n2", 2, "n3", 1));
        assertThat(Owners.notes(world.deployment("web"))).doesNotContainKey(Marks.ADD_ON);
        assertThat(Owners.notes(world.current("web"))).doesNotContainKey(Marks.ADD_ON);
    }

    @Test
    void deletingADeploymentInTheBackgroundLeavesNothing() {
        nodes("n1", "n2");
        people.deploy("web", 4);
        world.calm();
        delete(Propagation.BACKGROUND);
        assertThat(world.all(Deployment.class)).isEmpty();
        world.calm();
        assertThat(world.all(ReplicaSet.class)).isEmpty();
        assertThat(world.all(Pod.class)).isEmpty();
    }

    @Test
    void inTheForegroundTheDeploymentGoesLast() {
        nodes("n1", "n2");
        people.deploy("web", 4);
        world.calm();
        delete(Propagation.FOREGROUND);
        boolean worked = true;
        while (worked) {
            worked = world.step();
            worked |= world.kubelet.step();
            if (!world.all(Pod.class).isEmpty()) {
                assertThat(world.all(ReplicaSet.class)).hasSize(1);
            }
            if (!world.all(ReplicaSet.class).isEmpty()) {
                assertThat(world.all(Deployment.class)).hasSize(1);
            }
        }
        world.calm();
        assertThat(world.all(Deployment.class)).isEmpty();
        assertThat(world.all(Pod.class)).isEmpty();
    }

    @Test
    void orphanedTheSetStaysAndIsTakenInAgain() {
        nodes("n1", "n2");
        people.deploy("web", 2);
        world.calm();
        var set = world.current("web").getMetadata().getUid();
        delete(Propagation.ORPHAN);
        world.calm();
        assertThat(world.all(Deployment.class)).isEmpty();
        assertThat(world.all(ReplicaSet.class))
                .singleElement()
                .satisfies(s -> assertThat(Owners.controller(s)).isEmpty());
        assertThat(world.pods("web")).hasSize(2);
        people.deploy("web", 2);
        world.calm();
        assertThat(world.all(ReplicaSet.class))
                .singleElement()
                .satisfies(
                        s -> {
                            assertThat(s.getMetadata().getUid()).isEqualTo(set);
                            assertThat(Owners.controller(s)).isPresent();
                        });
    }

    @Test
    void whatNamesAnOwnerThatNeverWasIsRemoved() {
        var orphan =
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("left")
                        .addNewOwnerReference()
                        .withApiVersion("apps/v1")
                        .withKind("Deployment")
                        .withName("never")
                        .withUid("never")
                        .endOwnerReference()
                        .endMetadata()
                        .build();
        assertThat(world.truth.create(orphan).done()).isTrue();
        world.calm();
        assertThat(world.truth.get(ConfigMap.class, ObjectKey.of(orphan))).isEmpty();
    }

    @Test
    void aNamespaceGoesWithAllThatIsInIt() {
        nodes("n1");
        var space = new NamespaceBuilder().withNewMetadata().withName("team").endMetadata().build();
        assertThat(world.truth.create(space).done()).isTrue();
        people.deploy("team", "web", 2);
        world.calm();
        assertThat(world.pods("web")).hasSize(2);
        world.truth
                .get(Namespace.class, ObjectKey.of("team"))
                .ifPresent(n -> world.truth.delete(n, Deletion.GRACEFUL));
        world.calm();
        assertThat(world.truth.get(Namespace.class, ObjectKey.of("team"))).isEmpty();
        assertThat(world.all(Pod.class)).isEmpty();
        assertThat(world.all(ConfigMap.class))
                .noneMatch(m -> m.getMetadata().getNamespace().equals("team"));
    }

    @Test
    void podsOfANodeThatWasTakenAwayRunElsewhere() {
        nodes("n1", "n2");
        people.deploy("web", 4);
        world.calm();
        world.removeNode("n1");
        world.calm();
        assertThat(spread()).isEqualTo(Map.of("n2", 4));
    }

    @Test
    void eventsAreForgottenAfterAnHour() {
        nodes("n1");
        people.deploy("web", 1);
        world.calm();
        assertThat(world.all(Event.class)).isNotEmpty();
        world.pass(EventGc.KEPT.plus(Duration.ofMinutes(1)));
        world.calm();
        assertThat(world.all(Event.class)).isEmpty();
    }

    @Test
    void aReviewAnswersForEveryNode() {
        nodes("n1", "n2");
        world.addNode("tiny", 50);
        people.deploy("web", 1);
        world.calm();
        var pod = world.pods("web").getFirst();
        var there = PodState.node(pod);
        var answer = review("pod", pod.getMetadata().getName());
        assertThat(refusal(answer, String.valueOf(there))).isEqualTo("it runs here");
        assertThat(refusal(answer, "n1".equals(there) ? "n2" : "n1")).isEmpty();
        assertThat(refusal(answer, "tiny")).isEqualTo("needs 0.1 CPU, 0.05 free");
        var more = review("deployment", "web");
        assertThat(more.path("status").path("roomFor").asInt()).isEqualTo(79 + 80);
        assertThat(refusal(review("deployment", "none"), "n1"))
                .isEqualTo("there is no deployment none in default");
    }

    @Test
    void aReviewTellsFiltersAndScores() {
        nodes("n1", "n2");
        world.addNode("tiny", 50);
        people.deploy("web", 1);
        world.calm();
        var answers = review("deployment", "web").path("status").path("nodes");
        assertThat(answers.get(2).path("refusals").get(0).path("plugin").asString())
                .isEqualTo("NodeResourcesFit");
        assertThat(answers.get(2).path("refusals").get(0).path("reason").asString())
                .isEqualTo("Insufficient cpu");
        assertThat(answers.get(2).has("total")).isFalse();
        assertThat(answers.get(0).path("refusals").isEmpty()).isTrue();
        assertThat(answers.get(0).path("total").asInt()).isPositive();
        assertThat(answers.get(0).path("scores").findValuesAsString("plugin"))
                .contains("AppSpread", "NodeResourcesFit", "MeasuredLoad", "TaintToleration");
    }

    @Test
    void theNodeThatAReviewRanksFirstIsTheOneThatIsTaken() {
        nodes("n1", "n2", "n3", "n4");
        people.deploy("web", 1);
        world.calm();
        var taken = new TreeSet<String>();
        world.pods("web").forEach(p -> taken.add(Objects.requireNonNull(PodState.node(p))));
        for (int replicas = 2; replicas <= 4; replicas++) {
            var first = first(review("deployment", "web"));
            assertThat(taken).doesNotContain(first);
            int wanted = replicas;
            people.edit("web", d -> d.editSpec().withReplicas(wanted).endSpec());
            world.calm();
            taken.add(first);
            assertThat(world.pods("web")).extracting(PodState::node).containsAll(taken);
        }
    }

    private static String first(ObjectNode review) {
        var nodes = review.path("status").path("nodes");
        assertThat(nodes.findValues("rank"))
                .extracting(JsonNode::asInt)
                .containsExactlyInAnyOrder(1, 2, 3, 4);
        return nodes.valueStream()
                .filter(n -> n.path("rank").asInt() == 1)
                .map(n -> n.path("name").asString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aReviewTellsWhereThePodsOfALostNodeWouldGo() {
        nodes("n1", "n2");
        people.deploy("web", 4);
        world.calm();
        var question = JsonMapper.shared().createObjectNode();
        question.putObject("spec").put("node", "n1");
        var status = world.review(question).path("status");
        assertThat(status.path("roomFor").asInt()).isEqualTo(2);
        assertThat(status.path("pods").findValuesAsString("node")).containsExactly("n2", "n2");
        world.removeNode("n2");
        world.calm();
        var alone = world.review(question).path("status");
        assertThat(alone.path("roomFor").asInt()).isZero();
        assertThat(alone.path("pods").findValuesAsString("message"))
                .hasSize(4)
                .containsOnly("no nodes available to schedule pods");
    }

    private ObjectNode review(String what, String name) {
        var question = JsonMapper.shared().createObjectNode();
        question.putObject("spec").put("namespace", "default").put(what, name);
        return world.review(question);
    }

    private static String refusal(ObjectNode review, String node) {
        for (var answer : review.path("status").path("nodes")) {
            if (answer.path("name").asString().equals(node)) {
                return answer.path("refusal").asString("");
            }
        }
        throw new AssertionError("no answer for " + node + " in " + review);
    }

    private void nodes(String... names) {
        List.of(names).forEach(n -> world.addNode(n, 8000));
    }

    private void mark(Pod pod, String mark, String value) {
        var after = new PodBuilder(pod).editMetadata().addToAnnotations(mark, value).endMetadata();
        assertThat(world.truth.update(pod, after.build())).isInstanceOf(Written.Done.class);
    }

    private void delete(Propagation propagation) {
        var type = world.registry.type("apps", "v1", "deployments").orElseThrow();
        world.registry.delete(
                type,
                new ObjectKey("default", "web"),
                new DeleteOptions(false, null, null, null, propagation));
    }

    private Map<String, Integer> spread() {
        var counts = new HashMap<String, Integer>();
        world.pods("web").forEach(p -> counts.merge(p.getSpec().getNodeName(), 1, Integer::sum));
        return counts;
    }
}
