package dev.flotilla.server.stream;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// How a process came out, as the Status that ends its streams.
sealed interface Outcome {
    record Success() implements Outcome {}

    /// @param command that was run
    record Exited(List<String> command, int code) implements Outcome {}

    /// It could not be run, or not to its end.
    ///
    /// @param why in Kubernetes' words
    record Failed(String why) implements Outcome {}

    default boolean ok() {
        return this instanceof Success;
    }

    /// What a person reads.
    default String message() {
        return switch (this) {
            case Success _ -> "";
            case Exited(var command, var code) ->
                    "command terminated with non-zero exit code: error executing command [%s], exit code %d"
                            .formatted(String.join(" ", command), code);
            case Failed(var why) -> "Internal error occurred: " + why;
        };
    }

    default ObjectNode status() {
        var status = JsonMapper.shared().createObjectNode();
        status.putObject("metadata");
        status.put("status", ok() ? "Success" : "Failure");
        switch (this) {
            case Success _ -> {}
            case Exited(_, var code) ->
                    status.put("message", message())
                            .put("reason", "NonZeroExitCode")
                            .putObject("details")
                            .putArray("causes")
                            .addObject()
                            .put("reason", "ExitCode")
                            .put("message", String.valueOf(code));
            case Failed(var words) -> {
                status.put("message", message()).put("reason", "InternalError");
                status.putObject("details").putArray("causes").addObject().put("message", words);
                status.put("code", 500);
            }
        }
        return status;
    }
}
