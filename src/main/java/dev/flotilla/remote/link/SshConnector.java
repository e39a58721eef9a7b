package dev.flotilla.remote.link;

import dev.flotilla.remote.link.SshAttempt.Unreachable.Cause;

import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.transport.cipher.Cipher;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/// Connects to one machine, again and again if need be.
///
/// @param pinned the only host key to accept, `SHA256:…`; null accepts none, which is how to learn
///   the key
/// @param patience for the TCP connection, and again for each answer in the handshake
public record SshConnector(
        SshTarget target, SshCredential credential, @Nullable String pinned, Duration patience) {
    /// A frozen peer is noticed after about `KEEP_ALIVE_SECONDS * KEEP_ALIVE_COUNT`.
    private static final int KEEP_ALIVE_SECONDS = 1;

    private static final int KEEP_ALIVE_COUNT = 3;

    /// Tries once. Blocks for at most a few times `patience`.
    public SshAttempt connect() {
        var hostKey = new HostKey(pinned);
        var client = client(hostKey);
        try {
            client.connect(target.host(), target.port());
            client.getSocket().setSoTimeout(0);
            client.auth(target.user(), methods(client));
            return new SshAttempt.Connected(new SshSession(target, client));
        } catch (IOException e) {
            var problem = problem(e, client, hostKey.seen());
            SshSession.quietly(client);
            return problem;
        }
    }

    private SSHClient client(HostKey hostKey) {
        var config = new DefaultConfig();
        config.setLoggerFactory(new Silent());
        config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
        if (AesGcm.isFast()) {
            config.setCipherFactories(preferred(config.getCipherFactories()));
        }
        var client = new SSHClient(config);
        int millis = Math.toIntExact(patience.toMillis());
        client.setConnectTimeout(millis);
        client.setTimeout(millis);
        client.getTransport().setTimeoutMs(millis);
        client.getConnection().setTimeoutMs(millis);
        if (client.getConnection().getKeepAlive() instanceof KeepAliveRunner keepAlive) {
            keepAlive.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
            keepAlive.setMaxAliveCount(KEEP_ALIVE_COUNT);
        }
        client.addHostKeyVerifier(hostKey);
        return client;
    }

    private static List<Factory.Named<Cipher>> preferred(List<Factory.Named<Cipher>> usual) {
        var ciphers = new ArrayList<Factory.Named<Cipher>>(List.of(AesGcm.factory()));
        usual.stream().filter(c -> !c.getName().equals(AesGcm.NAME)).forEach(ciphers::add);
        return ciphers;
    }

    private List<AuthMethod> methods(SSHClient client) throws UserAuthException {
        return switch (credential) {
            case SshCredential.Password(var password) -> {
                var finder = PasswordUtils.createOneOff(password.toCharArray());
                var again = PasswordUtils.createOneOff(password.toCharArray());
                yield List.of(
                        new AuthPassword(finder),
                        new AuthKeyboardInteractive(new PasswordResponseProvider(again)));
            }
            case SshCredential.PrivateKey(var text, var passphrase) ->
                    List.of(new AuthPublickey(key(client, text, passphrase)));
        };
    }

    private static KeyProvider key(SSHClient client, String text, @Nullable String passphrase)
            throws UserAuthException {
        try {
            var finder =
                    passphrase == null
                            ? null
                            : PasswordUtils.createOneOff(passphrase.toCharArray());
            var key = client.loadKeys(text, null, finder);
            key.getPrivate();
            return key;
        } catch (IOException | RuntimeException e) {
            throw new UserAuthException(
                    "the private key can't be read"
                            + (passphrase == null
                                    ? "; if it is encrypted, its passphrase is missing"
                                    : "; is the passphrase right?")
                            + " ("
                            + words(e)
                            + ")",
                    e);
        }
    }

    private SshAttempt.Problem problem(IOException e, SSHClient client, @Nullable String seen) {
        if (seen != null && pinned == null) {
            return new SshAttempt.HostKeyUnknown(target, seen);
        }
        if (seen != null && !seen.equals(pinned)) {
            return new SshAttempt.HostKeyChanged(target, String.valueOf(pinned), seen);
        }
        if (e instanceof UserAuthException && !caused(e, TimeoutException.class)) {
            return new SshAttempt.AuthenticationFailed(refusal(e, client));
        }
        return unreachable(e);
    }

    private String refusal(IOException e, SSHClient client) {
        var accepted = client.getUserAuth().getAllowedMethods();
        if (accepted.isEmpty()) {
            return "%s: %s.".formatted(target, words(e));
        }
        return ("%s refused the %s of user %s. It accepts: %s. Check user name and %s; for root,"
                        + " PermitRootLogin in its /etc/ssh/sshd_config may forbid a password.")
                .formatted(
                        target.hostAndPort(),
                        credential.kind(),
                        target.user(),
                        String.join(", ", accepted),
                        credential.kind());
    }

    private SshAttempt.Unreachable unreachable(IOException e) {
        if (e instanceof UnknownHostException) {
            return new SshAttempt.Unreachable(
                    Cause.UNKNOWN_HOST,
                    "No machine is known by the name '%s'. Check the spelling, or use its address."
                            .formatted(target.host()));
        }
        if (e instanceof ConnectException && words(e).contains("refused")) {
            return new SshAttempt.Unreachable(
                    Cause.REFUSED,
                    ("%s refused the connection: the machine is there, but no SSH server listens on"
                                    + " that port. Start sshd, or correct the port.")
                            .formatted(target.hostAndPort()));
        }
        if (caused(e, SocketTimeoutException.class) || caused(e, TimeoutException.class)) {
            return new SshAttempt.Unreachable(
                    Cause.TIMEOUT,
                    ("%s did not answer within %d s. Is the machine on, and does a firewall let"
                                    + " port %d through?")
                            .formatted(target.hostAndPort(), patience.toSeconds(), target.port()));
        }
        if (e instanceof SSHException) {
            return new SshAttempt.Unreachable(
                    Cause.NOT_SSH,
                    ("%s ended the SSH handshake: %s. Is it an SSH server? If it is busy or bars"
                                    + " this computer, its log says so.")
                            .formatted(target.hostAndPort(), words(e)));
        }
        return new SshAttempt.Unreachable(
                Cause.NETWORK,
                "%s can't be reached: %s.".formatted(target.hostAndPort(), words(e)));
    }

    private static boolean caused(Throwable e, Class<? extends Throwable> kind) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (kind.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static String words(Throwable e) {
        var message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
