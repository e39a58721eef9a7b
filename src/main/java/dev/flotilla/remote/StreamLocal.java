package dev.flotilla.remote;

import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.channel.ChannelInputStream;
import net.schmizz.sshj.connection.channel.direct.AbstractDirectChannel;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A channel to a Unix socket of the server; OpenSSH's PROTOCOL file, section 2.4. Unlike sshj's
/// own channels it can wait for input for a limited time.
final class StreamLocal extends AbstractDirectChannel {
    private final String path;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition input = lock.newCondition();
    private boolean ended;

    StreamLocal(Connection connection, String path) {
        super(connection, "direct-streamlocal@openssh.com");
        this.path = path;
    }

    @Override
    protected SSHPacket buildOpenReq() {
        return super.buildOpenReq().putString(path).putString("").putUInt32(0);
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
