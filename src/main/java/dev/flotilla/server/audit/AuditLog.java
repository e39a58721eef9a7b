package dev.flotilla.server.audit;

import dev.flotilla.server.pki.PrivateFiles;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Lines of JSON in `audit.log`, mode 0600. A full file becomes `audit.log.1`, and so on.
///
/// Requests only leave a note; a thread of the log's own writes. Notes that come faster than the
/// disk takes them are counted and lost: no request waits for its note.
public final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int NOTES = 8192;
    private static final int FILES = 5;

    private final ArrayBlockingQueue<AuditEvent> notes = new ArrayBlockingQueue<>(NOTES);
    private final AtomicLong lost = new AtomicLong();
    private final Path file;
    private final long maxBytes;
    private final Thread writer;
    private volatile boolean closing;
    private @Nullable OutputStream out; // the writer's
    private long written;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);

    /// @param folder made with mode 0700 when missing
    /// @param maxBytes of one file
    public AuditLog(Path folder, long maxBytes) {
        file = folder.resolve("audit.log");
        this.maxBytes = maxBytes;
        writer = Thread.ofVirtual().name("audit").start(this::run);
    }

    /// Returns at once.
    public void note(AuditEvent event) {
        if (closing || !notes.offer(event)) {
            lost.incrementAndGet();
        }
    }

    /// How many notes could not be kept.
    public long lost() {
        return lost.get();
    }

    private void run() {
        var batch = new ArrayList<AuditEvent>();
        while (!closing || !notes.isEmpty()) {
            try {
                var first = notes.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    notes.drainTo(batch);
                    write(batch);
                }
            } catch (InterruptedException e) {
                closing = true;
            } catch (IOException e) {
                if (lost.getAndAdd(batch.size()) == 0) {
                    LOG.warn(
                            "Can't write {}: {}. Who does what is not kept until it can",
                            file,
                            e.toString());
                }
                shut();
            }
            batch.clear();
        }
        shut();
    }

    private void write(List<AuditEvent> events) throws IOException {
        for (var event : events) {
            line.reset();
            try (var json = JsonMapper.shared().createGenerator(line)) {
                event.to(json);
            }
            line.write('\n');
            if (out != null && written + line.size() > maxBytes) {
                shut();
                rotate();
            }
            line.writeTo(open());
            written += line.size();
        }
        open().flush();
    }

    private OutputStream open() throws IOException {
        if (out == null) {
            out = PrivateFiles.append(file);
            written = Files.size(file);
        }
        return out;
    }

    private void rotate() throws IOException {
        for (int i = FILES - 1; i > 0; i--) {
            move(i == 1 ? file : numbered(i - 1), numbered(i));
        }
    }

    private Path numbered(int i) {
        return file.resolveSibling(file.getFileName() + "." + i);
    }

    private static void move(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void shut() {
        var open = out;
        out = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.warn("Can't close {}: {}", file, e.getMessage());
            }
        }
    }

    /// Writes what is noted, then ends.
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
