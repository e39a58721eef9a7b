package dev.flotilla.node.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.PodStreams.LogOptions;
import dev.flotilla.cluster.PodStreams.Output;
import dev.flotilla.node.stream.LogAsk.Run;
import dev.flotilla.node.stream.LogAsk.Span;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

/// Which part of a log a run wrote.
class LogAskTest {
    private static final Run FIRST = new Run(at(0), at(10_000));
    private static final Run SECOND = new Run(at(12_000), at(20_000));

    @Test
    void aContainerThatNeverEndedHasOneRun() {
        assertThat(ask(false).span(null, at(0))).isEqualTo(new Span(null, null));
    }

    @Test
    void theRunningOneBeginsAfterTheLastEnded() {
        var ended = new Run(null, at(20_000));
        assertThat(ask(false).span(ended, at(20_400))).isEqualTo(new Span(at(20_200), null));
        assertThat(ask(false, FIRST, SECOND).span(ended, at(20_400)))
                .isEqualTo(new Span(at(20_200), null));
    }

    @Test
    void theOneBeforeItLiesBetweenTheTwoEnds() {
        assertThat(ask(true, FIRST, SECOND).span(new Run(null, at(20_000)), at(20_400)))
                .isEqualTo(new Span(at(11_000), at(20_200)));
        assertThat(ask(true, FIRST).span(new Run(null, at(10_000)), at(12_000)))
                .isEqualTo(new Span(null, at(11_000)));
    }

    @Test
    void theLastEndedOneGoesToTheEnd() {
        assertThat(ask(false, FIRST).span(SECOND, null)).isEqualTo(new Span(at(11_000), null));
        assertThat(ask(true, FIRST).span(SECOND, null)).isEqualTo(new Span(null, at(11_000)));
    }

    @Test
    void timesThatAreOnlyWholeSecondsAreNoOtherRun() {
        var exact = new Run(at(12_345), at(20_900));
        var told = new Run(at(12_000), at(20_000));
        assertThat(ask(false, FIRST, told).span(exact, null))
                .isEqualTo(new Span(at(11_172, 500), null));
    }

    @Test
    void ofARunWhoseStartNobodySawTheEngineSparedTheShortestPause() {
        var unseen = new Run(null, at(10_300));
        assertThat(ask(true, FIRST, unseen).span(new Run(null, at(13_000)), at(13_200)))
                .isEqualTo(new Span(at(10_350), at(13_100)));
    }

    private static LogAsk ask(boolean previous, Run... ended) {
        var options = new LogOptions(false, previous, null, false, null, null, Output.ALL);
        return new LogAsk(options, previous, List.of(ended));
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private static Instant at(long millis, long micros) {
        return Instant.ofEpochMilli(millis).plusNanos(micros * 1000);
    }
}
