package dev.flotilla.store;

import dev.flotilla.store.StoreFailure.Kind;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/// Words for what went wrong, from what the database and the disk said.
final class Failures {
    private static final int ALREADY_OPEN = 90020; // org.h2.api.ErrorCode.DATABASE_ALREADY_OPEN_1
    private static final List<String> FULL =
            List.of("no space left", "not enough space", "quota exceeded");

    private Failures() {}

    /// @param attempted such as "write 3 entries"
    /// @param where such as the database's file
    static StoreFailure of(String attempted, Object where, Exception cause) {
        if (cause instanceof StoreFailure known) {
            return known;
        }
        var said = said(cause);
        if (FULL.stream().anyMatch(said.toLowerCase(Locale.ROOT)::contains)) {
            return new StoreFailure(
                    Kind.DISK_FULL,
                    "could not %s in %s: the disk is full. Nothing acknowledged is lost; make room and try again"
                            .formatted(attempted, where),
                    cause);
        }
        if (cause instanceof SQLException sql && sql.getErrorCode() == ALREADY_OPEN) {
            return new StoreFailure(
                    Kind.FOLDER_LOCKED,
                    "could not %s: another process holds %s".formatted(attempted, where),
                    cause);
        }
        return new StoreFailure(
                Kind.BROKEN, "could not %s in %s: %s".formatted(attempted, where, said), cause);
    }

    static StoreFailure closed() {
        return new StoreFailure(Kind.CLOSED, "the store is closed", null);
    }

    /// The innermost words, where the disk speaks, before H2's wrapping.
    private static String said(Throwable failure) {
        var said = new StringBuilder();
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            var message = t.getMessage();
            if (message != null && said.indexOf(message) < 0) {
                said.append(said.isEmpty() ? "" : " / ").append(message);
            }
        }
        return said.isEmpty() ? failure.toString() : said.toString();
    }
}
