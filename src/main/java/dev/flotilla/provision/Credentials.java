package dev.flotilla.provision;

import dev.flotilla.cluster.Informer;
import dev.flotilla.model.Machine;
import dev.flotilla.model.MachineSpec;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.remote.link.SshCredential;

import io.fabric8.kubernetes.api.model.Secret;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;

/// Reads what a Machine asks for, its Secret among it.
final class Credentials {
    private static final String STEP = "Read the spec";

    private final Informer<Secret> secrets;

    Credentials(Informer<Secret> secrets) {
        this.secrets = secrets;
    }

    Wanted wanted(Machine machine) {
        var spec = machine.getSpec();
        if (spec == null
                || Stream.of(spec.ssh(), spec.local(), spec.simulated())
                                .filter(Objects::nonNull)
                                .count()
                        != 1) {
            return flawed(
                    spec,
                    "InvalidSpec",
                    "Exactly one of spec.ssh, spec.local and spec.simulated must be set.");
        }
        return spec.ssh() == null ? new Wanted(spec, null, null) : overSsh(spec, spec.ssh());
    }

    private Wanted overSsh(MachineSpec spec, MachineSpec.Ssh ssh) {
        if (ssh.hostKey() == null || ssh.hostKey().isBlank()) {
            return new Wanted(spec, null, null);
        }
        var name = ssh.secretName();
        if (name == null || name.isBlank()) {
            return flawed(
                    spec,
                    "CredentialsMissing",
                    ("spec.ssh.secretName is not set. Create a Secret in the namespace %s with"
                                    + " 'password' or 'privateKey', and name it there.")
                            .formatted(Marks.SYSTEM_NAMESPACE));
        }
        var secret = secrets.get(new ObjectKey(Marks.SYSTEM_NAMESPACE, name));
        if (secret.isEmpty()) {
            return flawed(
                    spec,
                    "SecretNotFound",
                    ("There is no Secret '%s' in the namespace %s. Create it with 'password' or"
                                    + " 'privateKey'.")
                            .formatted(name, Marks.SYSTEM_NAMESPACE));
        }
        var credential = credential(secret.get());
        return credential == null
                ? flawed(
                        spec,
                        "CredentialsMissing",
                        "The Secret %s/%s has neither 'password' nor 'privateKey'."
                                .formatted(Marks.SYSTEM_NAMESPACE, name))
                : new Wanted(spec, credential, null);
    }

    private static Wanted flawed(@Nullable MachineSpec spec, String reason, String message) {
        return new Wanted(spec, null, new Failure(STEP, reason, message, null));
    }

    static @Nullable SshCredential credential(Secret secret) {
        var key = value(secret, "privateKey");
        if (key != null) {
            return new SshCredential.PrivateKey(key, value(secret, "passphrase"));
        }
        var password = value(secret, "password");
        return password == null ? null : new SshCredential.Password(password);
    }

    private static @Nullable String value(Secret secret, String key) {
        var data = secret.getData();
        var text = data == null ? null : data.get(key);
        if (text == null || text.isEmpty()) {
            return null;
        }
        return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
