package dev.flotilla.server.socket;

import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Leftovers;
import dev.flotilla.server.call.Outgoing;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A connection that was one of HTTP/1.1, and is the caller's own since.
public final class Raw extends AbstractConnection implements Connection.UpgradeTo, Line {
    private static final int AT_ONCE = 64 * 1024;

    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
    private ByteBuffer early = BufferUtil.EMPTY_BUFFER;

    private Raw(EndPoint end, Executor executor) {
        super(end, executor);
    }

    /// Makes the request's connection one.
    ///
    /// @param protocol what it becomes
    /// @param headers of the answer, beside those that say so
    public static Raw open(Call call, String protocol, Map<String, String> headers)
            throws IOException {
        if (!(call.response() instanceof Outgoing out)) {
            throw new IllegalStateException("the answer is not one that can be taken over");
        }
        if (!Leftovers.read(call.request())) {
            throw new IOException("the request has a body, and it does not end");
        }
        var at = call.request().getConnectionMetaData();
        var raw = new Raw(at.getConnection().getEndPoint(), at.getConnector().getExecutor());
        out.setStatus(101);
        out.getHeaders().put(HttpHeader.CONNECTION, "Upgrade").put(HttpHeader.UPGRADE, protocol);
        headers.forEach((name, value) -> out.getHeaders().put(name, value));
        boolean _ =
                out.takeOver(
                        whole -> {
                            call.request()
                                    .setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, raw);
                            out.write(true, null, whole);
                            return true;
                        });
        try {
            boolean _ = raw.opened.get(out.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            raw.close();
            throw new IOException("the connection did not become one of " + protocol, e);
        } catch (InterruptedException e) {
            raw.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return raw;
    }

    @Override
    public void onUpgradeTo(ByteBuffer before) {
        early = BufferUtil.copy(before);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        opened.complete(true);
    }

    @Override
    public void onFillable() {
        // Who reads waits for it by itself.
    }

    @Override
    public byte[] read() throws IOException {
        if (early.hasRemaining()) {
            var some = BufferUtil.toArray(early);
            early = BufferUtil.EMPTY_BUFFER;
            return some;
        }
        var buffer = BufferUtil.allocate(AT_ONCE);
        int count = getEndPoint().fill(buffer);
        while (count == 0) {
            var readable = new Callback.Completable();
            getEndPoint().fillInterested(readable);
            await(readable);
            count = getEndPoint().fill(buffer);
        }
        return BufferUtil.toArray(buffer);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        var sent = new Callback.Completable();
        getEndPoint().write(sent, bytes);
        await(sent);
    }

    @Override
    public void end() {
        getEndPoint().shutdownOutput();
    }

    @Override
    public void close() {
        getEndPoint().close();
    }

    private static void await(Future<?> done) throws IOException {
        try {
            var _ = done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("the connection broke: " + e.getCause(), e);
        }
    }
}
