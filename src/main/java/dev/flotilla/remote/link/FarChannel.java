package dev.flotilla.remote.link;

import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.channel.ChannelInputStream;
import net.schmizz.sshj.connection.channel.direct.AbstractDirectChannel;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// A channel to a socket that the server opens. Unlike sshj's own channels it can wait for input
/// for a limited time.
final class FarChannel extends AbstractDirectChannel {
    private final UnaryOperator<SSHPacket> target;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition input = lock.newCondition();
    private boolean ended;

    private FarChannel(Connection connection, String type, UnaryOperator<SSHPacket> target) {
        super(connection, type);
        this.target = target;
    }

    /// To a Unix socket; OpenSSH's PROTOCOL file, section 2.4.
    static FarChannel unix(Connection connection, String path) {
        return new FarChannel(
                connection,
                "direct-streamlocal@openssh.com",
                packet -> packet.putString(path).putString("").putUInt32(0));
    }

    /// To a port; RFC 4254, section 7.2.
    static FarChannel tcp(Connection connection, String host, int port) {
        return new FarChannel(
                connection,
                "direct-tcpip",
                packet ->
                        packet.putString(host).putUInt32(port).putString("127.0.0.1").putUInt32(0));
    }

    @Override
    protected SSHPacket buildOpenReq() {
        return target.apply(super.buildOpenReq());
    }

    /// Whether a read would not wait: there is input, or the end of it.
    boolean awaitInput(long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lockInterruptibly();
        try {
            while (!ended && ((ChannelInputStream) getInputStream()).available() == 0) {
                if (left <= 0) {
                    return false;
                }
                left = input.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void receiveInto(ChannelInputStream stream, SSHPacket buf) throws SSHException {
        super.receiveInto(stream, buf);
        tell(false);
    }

    @Override
    protected void eofInputStreams() {
        super.eofInputStreams();
        tell(true);
    }

    @Override
    protected void closeAllStreams() {
        super.closeAllStreams();
        tell(true);
    }

    @Override
    public void notifyError(SSHException error) {
        super.notifyError(error);
        tell(true);
    }

    private void tell(boolean end) {
        lock.lock();
        try {
            ended |= end;
            input.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
