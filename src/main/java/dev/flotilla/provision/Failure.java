package dev.flotilla.provision;

import dev.flotilla.remote.link.SshAttempt;
import dev.flotilla.remote.link.SshAttempt.Unreachable.Cause;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// Why a machine is no Node yet.
///
/// @param step the one that failed, for a person
/// @param reason CamelCase, for programs
/// @param message what failed, where, what was answered, what to do next
/// @param hostKey the fingerprint that was seen, if one was
record Failure(String step, String reason, String message, @Nullable String hostKey) {
    static final String CONNECT = "Connect over SSH";

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /// A machine that counts failed logins bars us if we try too often.
    private static final Duration FIRST_LOGIN = Duration.ofSeconds(30);

    private static final Duration LONGEST_LOGIN = Duration.ofMinutes(10);

    static Failure of(SshAttempt.Problem problem) {
        return switch (problem) {
            case SshAttempt.HostKeyUnknown p ->
                    new Failure(
                            "Agree to the host key",
                            "HostKeyUnknown",
                            p.message(),
                            p.fingerprint());
            case SshAttempt.HostKeyChanged p ->
                    new Failure("Check the host key", "HostKeyChanged", p.message(), p.seen());
            case SshAttempt.AuthenticationFailed p ->
                    new Failure("Log in", "AuthenticationFailed", p.message(), null);
            case SshAttempt.Unreachable p ->
                    new Failure(CONNECT, reason(p.cause()), p.message(), null);
        };
    }

    private static String reason(Cause cause) {
        return switch (cause) {
            case UNKNOWN_HOST -> "UnknownHost";
            case REFUSED -> "ConnectionRefused";
            case TIMEOUT -> "Timeout";
            case NOT_SSH -> "NotSsh";
            case NETWORK -> "NetworkUnreachable";
        };
    }

    /// Waits for a person; trying again by itself would change nothing.
    boolean waitsForAPerson() {
        return reason.equals("HostKeyUnknown");
    }

    /// Slower and slower.
    ///
    /// @param failures in a row, from 1
    Duration pause(int failures) {
        boolean login = reason.equals("AuthenticationFailed");
        var first = login ? FIRST_LOGIN : FIRST;
        var longest = login ? LONGEST_LOGIN : LONGEST;
        var pause = first.multipliedBy(1L << Math.min(failures - 1, 10));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
