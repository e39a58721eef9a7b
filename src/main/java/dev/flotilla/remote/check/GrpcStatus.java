package dev.flotilla.remote.check;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// How a call of gRPC ended, in the words of Kubernetes' probe.
final class GrpcStatus {
    /// By their numbers, as Go prints them.
    private static final List<String> NAMES =
            List.of(
                    "OK",
                    "Canceled",
                    "Unknown",
                    "InvalidArgument",
                    "DeadlineExceeded",
                    "NotFound",
                    "AlreadyExists",
                    "PermissionDenied",
                    "ResourceExhausted",
                    "FailedPrecondition",
                    "Aborted",
                    "OutOfRange",
                    "Unimplemented",
                    "Internal",
                    "Unavailable",
                    "DataLoss",
                    "Unauthenticated");

    private static final int UNKNOWN = 2;
    private static final int UNIMPLEMENTED = 12;

    private GrpcStatus() {}

    /// What is no number is `Unknown`.
    static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }

    /// A `grpc-message`, which is percent-encoded.
    static String decoded(@Nullable CharSequence message) {
        if (message == null) {
            return "";
        }
        var text = message.toString();
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    static String failed(int status, String words) {
        if (status == UNIMPLEMENTED) {
            return "error: this server does not implement the grpc health protocol"
                    + " (grpc.health.v1.Health): "
                    + words;
        }
        var name =
                status >= 0 && status < NAMES.size()
                        ? NAMES.get(status)
                        : "Code(%d)".formatted(status);
        return "error: health rpc probe failed: rpc error: code = %s desc = %s"
                .formatted(name, words);
    }

    /// As Go prints it.
    static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0
                ? time.toSeconds() + "s"
                : time.toMillis() / 1000.0 + "s";
    }
}
