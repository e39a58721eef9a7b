package dev.flotilla.controllers.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.Given;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class RestraintTest {

    /// Each word is a pod, made so many seconds before now: `q` failed a second later, `f` a minute
    /// later, `r` is ready, `n` is not ready yet.
    @ParameterizedTest(name = "{0} of {1} wanted: {2} s")
    @CsvSource({
        "'', 1, 0",
        "q1, 1, 1",
        "q2, 1, 0",
        "q1 q3, 1, 2",
        "q1 q3 q6, 1, 4",
        "q1 q1 q1, 3, 1",
        "q1 q1 q1 q1, 3, 2",
        "f60, 1, 0",
        "f60 f60 f60, 1, 0",
        "q1 r0, 1, 0",
        "q1 n0, 1, 1",
        "q1 q9 q9 q9 q9 r5, 1, 1",
        "q1 q2 q3 q4 q5 q6 q7 q8 q9 q10 q11 q12, 1, 300",
        "q1, 0, 1",
    })
    void waitsLongerEachTimeAllHaveFailed(String pods, int wanted, int seconds) {
        assertThat(Restraint.left(pods(pods), wanted, Given.NOW)).hasSeconds(seconds);
    }

    @ParameterizedTest(name = "{0}: {1} s")
    @CsvSource({"q1, 10", "q5, 6", "q11, 0", "f60, 0", "r5, 0"})
    void aNamedPodKeepsItsPlaceForAWhile(String pod, int seconds) {
        assertThat(Restraint.left(pods(pod).getFirst(), Given.NOW)).hasSeconds(seconds);
    }

    private static List<Pod> pods(String text) {
        var pods = new ArrayList<Pod>();
        Arrays.stream(text.split(" ", -1)).filter(w -> !w.isEmpty()).forEach(w -> pods.add(pod(w)));
        return pods;
    }

    private static Pod pod(String word) {
        var created = Given.NOW.minusSeconds(Integer.parseInt(word.substring(1)));
        char state = word.charAt(0);
        boolean failed = state == 'f' || state == 'q';
        var pod = Given.pod(word, "n1", failed ? "Failed" : "Running", state == 'r');
        return new PodBuilder(pod.build())
                .editMetadata()
                .withCreationTimestamp(created.toString())
                .endMetadata()
                .editStatus()
                .editFirstCondition()
                .withLastTransitionTime(created.plusSeconds(state == 'q' ? 1 : 60).toString())
                .endCondition()
                .endStatus()
                .build();
    }
}
