package dev.flotilla.remote.link;

import org.jspecify.annotations.Nullable;

/// How to prove who we are. Never shown.
public sealed interface SshCredential {
    /// The word for it in messages.
    String kind();

    record Password(String password) implements SshCredential {
        @Override
        public String kind() {
            return "password";
        }

        @Override
        public String toString() {
            return "Password[…]";
        }
    }

    /// @param text the whole file, OpenSSH or PEM
    record PrivateKey(String text, @Nullable String passphrase) implements SshCredential {
        @Override
        public String kind() {
            return "private key";
        }

        @Override
        public String toString() {
            return "PrivateKey[…]";
        }
    }
}
