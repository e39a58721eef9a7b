package dev.flotilla.remote.container;

import com.github.dockerjava.api.command.InspectContainerResponse;

import dev.flotilla.node.ContainerState;
import dev.flotilla.node.ContainerState.Phase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;

/// Docker's words as a [ContainerState].
public final class ContainerView {
    private ContainerView() {}

    public static ContainerState of(InspectContainerResponse seen) {
        var config = seen.getConfig();
        var labels = config.getLabels();
        var restarts = seen.getRestartCount();
        return new ContainerState(
                seen.getId(),
                seen.getName().replaceFirst("^/", ""),
                orEmpty(config.getImage()),
                orEmpty(seen.getImageId()),
                labels == null ? Map.of() : labels,
                address(seen),
                restarts == null ? 0 : restarts,
                phase(seen.getState()));
    }

    /// What was asked for stays known while the container is stopped; what it has does not.
    private static String address(InspectContainerResponse seen) {
        var settings = seen.getNetworkSettings();
        var network = settings == null ? null : settings.getNetworks().get(PodBridge.NAME);
        if (network == null) {
            return "";
        }
        var asked = network.getIpamConfig();
        var fixed = asked == null ? null : asked.getIpv4Address();
        return fixed == null || fixed.isEmpty() ? orEmpty(network.getIpAddress()) : fixed;
    }

    private static Phase phase(InspectContainerResponse.ContainerState state) {
        var code = state.getExitCodeLong();
        int exitCode = code == null ? 0 : code.intValue();
        // A restarting container counts as running too.
        if (Boolean.TRUE.equals(state.getRestarting())) {
            return new Phase.Restarting(exitCode, time(state.getFinishedAt()));
        }
        if (Boolean.TRUE.equals(state.getRunning())) {
            return new Phase.Running(time(state.getStartedAt()));
        }
        if ("created".equals(state.getStatus())) {
            return new Phase.Created();
        }
        return new Phase.Exited(
                exitCode,
                Boolean.TRUE.equals(state.getOOMKilled()),
                time(state.getStartedAt()),
                time(state.getFinishedAt()));
    }

    public static Instant time(@Nullable String text) {
        if (text == null) {
            return Instant.EPOCH;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException _) {
            return Instant.EPOCH;
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
