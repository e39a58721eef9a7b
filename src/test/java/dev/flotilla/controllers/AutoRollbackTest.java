package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.deployment.Revisions;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

/// A rollout that fails goes back by itself, if it is asked to, and stays there.
class AutoRollbackTest {
    private final World world = new World(3, 0);
    private final People people = new People(world);

    @BeforeEach
    void web() {
        People.NODES.forEach(n -> world.addNode(n, 8000));
        people.deploy("web", 3);
        people.edit(
                "web",
                d ->
                        d.editMetadata()
                                .addToAnnotations(Marks.AUTO_ROLLBACK, "true")
                                .endMetadata()
                                .editSpec()
                                .withProgressDeadlineSeconds(60)
                                .endSpec());
        world.calm();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"crash", "slow"})
    void goesBackAndSaysSo(String tag) {
        people.image("web", "web:" + tag);
        world.calm();
        world.pass(Duration.ofMinutes(2));
        world.calm();
        assertThat(image()).isEqualTo("web:1");
        assertThat(world.pods("web"))
                .hasSize(3)
                .allMatch(p -> p.getSpec().getContainers().getFirst().getImage().equals("web:1"));
        var notes = Owners.notes(world.deployment("web"));
        assertThat(notes)
                .containsEntry(Revisions.REVISION, "3")
                .containsEntry(Marks.ROLLED_BACK_TO, world.current("web").getMetadata().getName())
                .containsKey(Marks.ROLLED_BACK_BECAUSE);
        assertThat(notes.get(Marks.ROLLED_BACK_BECAUSE))
                .isEqualTo(
                        tag.equals("slow")
                                ? "revision 2: its new pods were not available in time"
                                : "revision 2: container main of pod %s crashed 3 times, "
                                                .formatted(crashed())
                                        + "last with exit code 2");
        assertThat(rollbacks()).hasSize(1);
        assertThat(progress().getReason()).isEqualTo("ProgressDeadlineExceeded");
        assertThat(progress().getStatus()).isEqualTo("False");
        assertThat(progress().getMessage()).contains("in use again", "revision 2: ");
    }

    @Test
    void anImageThatCantBeHadForAMinuteTakesItBackBeforeTheDeadline() {
        people.edit("web", d -> d.editSpec().withProgressDeadlineSeconds(600).endSpec());
        people.image("web", "web:gone");
        world.live(Duration.ofSeconds(50));
        assertThat(image()).isEqualTo("web:gone");
        world.live(Duration.ofSeconds(15));
        world.calm();
        assertThat(image()).isEqualTo("web:1");
        assertThat(Owners.notes(world.deployment("web")).get(Marks.ROLLED_BACK_BECAUSE))
                .matches(
                        "revision 2: image web:gone of container main of pod web-\\S+ can't be had:"
                                + " ImagePullBackOff");
        assertThat(world.pods("web")).hasSize(3).allMatch(PodState::ready);
    }

    @Test
    void whoAsksForItAgainHasItTriedAgainAndWhatWorksIsClean() {
        people.image("web", "web:crash");
        world.calm();
        people.image("web", "web:crash");
        world.calm();
        assertThat(image()).isEqualTo("web:1");
        assertThat(rollbacks()).hasSize(2);
        people.image("web", "web:2");
        world.calm();
        assertThat(image()).isEqualTo("web:2");
        assertThat(progress().getReason()).isEqualTo("NewReplicaSetAvailable");
        assertThat(Owners.notes(world.deployment("web")))
                .doesNotContainKeys(Marks.ROLLED_BACK_TO, Marks.ROLLED_BACK_BECAUSE);
        people.image("web", "web:slow");
        world.calm();
        world.pass(Duration.ofMinutes(2));
        world.calm();
        assertThat(image()).isEqualTo("web:2");
    }

    @Test
    void doesNothingUnaskedOrPausedOrWithNothingToGoBackTo() {
        people.edit(
                "web",
                d -> d.editMetadata().removeFromAnnotations(Marks.AUTO_ROLLBACK).endMetadata());
        people.image("web", "web:crash");
        world.calm();
        assertThat(image()).isEqualTo("web:crash");
        people.pause("web", true);
        people.edit(
                "web",
                d -> d.editMetadata().addToAnnotations(Marks.AUTO_ROLLBACK, "true").endMetadata());
        world.calm();
        assertThat(image()).isEqualTo("web:crash");
        people.pause("web", false);
        world.calm();
        assertThat(image()).isEqualTo("web:1");
        var first = People.draft("default", "api", 2, 1, 0);
        first.getMetadata().getAnnotations().put(Marks.AUTO_ROLLBACK, "true");
        first.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("api:crash");
        assertThat(world.truth.create(first).done()).isTrue();
        world.calm();
        assertThat(Owners.notes(world.deployment("api"))).doesNotContainKey(Marks.ROLLED_BACK_TO);
    }

    private String image() {
        return world.deployment("web")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    private String crashed() {
        var words = rollbacks().getFirst().getMessage();
        return words.replaceFirst(".* of pod (\\S+) .*", "$1");
    }

    private List<Event> rollbacks() {
        return world.all(Event.class).stream()
                .filter(e -> e.getReason().equals("DeploymentRollback"))
                .toList();
    }

    private DeploymentCondition progress() {
        return world.deployment("web").getStatus().getConditions().stream()
                .filter(c -> c.getType().equals("Progressing"))
                .findFirst()
                .orElseThrow();
    }
}
