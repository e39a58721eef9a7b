package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An indexed job whose completions follow its parallelism grows and shrinks while it runs, on the
/// registry that judges what its status may say.
class ElasticJobTest {
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";

    private final World world = new World(1, 0);

    @BeforeEach
    void fourIndexes() {
        world.addNode("n1", 8000);
        var job =
                new JobBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("sums")
                        .endMetadata()
                        .withNewSpec()
                        .withCompletionMode("Indexed")
                        .withCompletions(4)
                        .withParallelism(4)
                        .withNewTemplate()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .addNewContainer()
                        .withName("main")
                        .withImage("sum:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build();
        assertThat(world.truth.create(job).done()).isTrue();
        world.calm();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatEndedBeyondTheNewEndCountsNoMore() {
        end("0");
        end("3");
        world.calm();
        assertThat(job().getStatus().getCompletedIndexes()).isEqualTo("0,3");
        size(2);
        world.calm();
        assertThat(job().getStatus().getCompletedIndexes()).isEqualTo("0");
        assertThat(job().getStatus().getSucceeded()).isEqualTo(1);
        assertThat(running()).isEqualTo(1);
        end("1");
        world.calm();
        assertThat(job().getStatus().getSucceeded()).isEqualTo(2);
        assertThat(job().getStatus().getConditions())
                .anyMatch(c -> c.getType().equals("Complete") && c.getStatus().equals("True"));
    }

    @Test
    void growsWhileItRuns() {
        end("0");
        world.calm();
        size(6);
        world.calm();
        assertThat(running()).isEqualTo(5);
        for (var index : new String[] {"1", "2", "3", "4", "5"}) {
            end(index);
        }
        world.calm();
        assertThat(job().getStatus().getCompletedIndexes()).isEqualTo("0-5");
        assertThat(job().getStatus().getConditions())
                .anyMatch(c -> c.getType().equals("Complete") && c.getStatus().equals("True"));
    }

    private void size(int size) {
        world.edit(
                job(),
                j ->
                        new JobBuilder(j)
                                .editSpec()
                                .withCompletions(size)
                                .withParallelism(size)
                                .endSpec()
                                .build());
        assertThat(job().getSpec().getCompletions()).isEqualTo(size);
    }

    private void end(String index) {
        var pod =
                world.all(Pod.class).stream()
                        .filter(p -> index.equals(Owners.labels(p).get(INDEX)))
                        .filter(PodState::active)
                        .findFirst()
                        .orElseThrow();
        var ended = new PodBuilder(pod).editStatus().withPhase("Succeeded").endStatus().build();
        assertThat(world.truth.updateStatus(pod, ended).done()).isTrue();
    }

    private long running() {
        return world.all(Pod.class).stream().filter(PodState::active).count();
    }

    private Job job() {
        return world.truth.get(Job.class, new ObjectKey("default", "sums")).orElseThrow();
    }
}
