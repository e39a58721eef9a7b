package dev.flotilla.remote.link;

/// What came of one attempt to connect.
public sealed interface SshAttempt {
    /// Logged in, host key as pinned.
    record Connected(SshSession session) implements SshAttempt {}

    /// Not logged in.
    sealed interface Problem extends SshAttempt {
        /// What failed, where, what was answered, and what to do next.
        String message();
    }

    /// No key is pinned. Nothing but the key exchange was sent.
    record HostKeyUnknown(SshTarget target, String fingerprint) implements Problem {
        @Override
        public String message() {
            return ("%s shows the host key %s for the first time. Compare it with the output of"
                            + " 'ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub' on that machine"
                            + " and pin it if they are equal.")
                    .formatted(target.hostAndPort(), fingerprint);
        }
    }

    /// Another key than the pinned one. Nothing but the key exchange was sent.
    record HostKeyChanged(SshTarget target, String expected, String seen) implements Problem {
        @Override
        public String message() {
            return ("%s shows the host key %s, but %s is pinned. Either the machine was installed"
                            + " anew or someone stands in between; nothing was sent to it. If you"
                            + " know why it changed, pin the new key.")
                    .formatted(target.hostAndPort(), seen, expected);
        }
    }

    /// The machine does not let us in.
    record AuthenticationFailed(String message) implements Problem {}

    /// No SSH conversation came about.
    record Unreachable(Cause cause, String message) implements Problem {
        /// Why.
        public enum Cause {
            UNKNOWN_HOST,
            REFUSED,
            TIMEOUT,
            /// Something answers that does not speak SSH, or nothing both sides understand.
            NOT_SSH,
            /// No route, network down, reset.
            NETWORK
        }
    }
}
