package dev.flotilla.remote.stream;

import com.github.dockerjava.api.command.InspectContainerResponse;

import dev.flotilla.cluster.PodStreams.LogOptions;
import dev.flotilla.cluster.PodStreams.Output;
import dev.flotilla.node.ContainerState.Phase;
import dev.flotilla.node.stream.LogAsk;
import dev.flotilla.node.stream.LogAsk.Run;
import dev.flotilla.node.stream.LogAsk.Span;
import dev.flotilla.remote.container.ContainerView;
import dev.flotilla.remote.engine.Engine;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/// The log of one container, of which Docker gives the part between two times.
record DockerLog(Engine engine, String id, InspectContainerResponse seen) {
    void write(LogAsk ask, OutputStream out) throws IOException {
        var options = ask.options();
        var span = span(ask);
        var tail = options.tailLines();
        if (span.until() == null || tail == null) {
            copy(options, span, tail, options.follow() && span.until() == null, out);
            return;
        }
        // Docker counts the last lines of all, not of those until a time.
        var lines = new Lines();
        copy(options, span, null, false, lines);
        copy(options, span, null, false, new AfterLines(out, Math.max(0, lines.count() - tail)));
    }

    private Span span(LogAsk ask) {
        var state = seen.getState();
        var started = ContainerView.time(state.getStartedAt());
        var finished = ContainerView.time(state.getFinishedAt());
        boolean ended = finished.isAfter(Instant.EPOCH);
        if (ContainerView.of(seen).phase() instanceof Phase.Running) {
            return ask.span(ended ? new Run(null, finished) : null, started);
        }
        return ask.span(ended ? new Run(started, finished) : null, null);
    }

    private void copy(
            LogOptions options, Span span, @Nullable Long tail, boolean follow, OutputStream out)
            throws IOException {
        var path = new StringBuilder("/containers/").append(id);
        path.append("/logs?follow=")
                .append(follow ? 1 : 0)
                .append("&stdout=")
                .append(options.output() == Output.STDERR ? 0 : 1)
                .append("&stderr=")
                .append(options.output() == Output.STDOUT ? 0 : 1);
        path.append(options.timestamps() ? "&timestamps=1" : "");
        path.append(tail == null ? "" : "&tail=" + tail);
        path.append(time("since", later(options.since(), span.from())));
        path.append(time("until", span.until()));
        boolean tty = Boolean.TRUE.equals(seen.getConfig().getTty());
        try (var answer = engine.raw("give a log", "GET", path.toString())) {
            Outputs.copy(answer.getBody(), tty, out, out);
        }
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    private static String time(String name, @Nullable Instant at) {
        return at == null ? "" : "&%s=%d.%09d".formatted(name, at.getEpochSecond(), at.getNano());
    }
}
