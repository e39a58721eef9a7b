package dev.flotilla.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Decides which rows of the log may go. After a step, the rows up to `upTo` are exactly what was
/// live at `upTo`, and every row after it is there: each moment from `upTo` on can still be told.
///
/// A row supersedes the one it names as previous, and a deletion ends with itself; so nothing has
/// to be looked up, and a row that was live at an earlier compaction goes when its successor is
/// reached.
///
/// @param upTo the compaction point after this step
/// @param total of the row at `upTo`
/// @param deletes revisions to delete
record Compaction(long upTo, long total, List<Long> deletes) {
    /// What is known of a row without its body.
    record Row(long revision, long previous, boolean deleted, Instant time, long total) {}

    /// @param after the compaction point so far
    /// @param total of the row at `after`
    /// @param rows that follow `after`, in order; as many as may go in one step
    /// @param limit the point may not pass this revision
    /// @param oldest entries before this instant go
    /// @param floor entries go while their total is at most this
    static Compaction plan(
            long after, long total, List<Row> rows, long limit, Instant oldest, long floor) {
        var deletes = new ArrayList<Long>();
        for (var row : rows) {
            if (row.revision() > limit || !due(row, oldest, floor)) {
                break;
            }
            if (row.previous() != 0) {
                deletes.add(row.previous());
            }
            if (row.deleted()) {
                deletes.add(row.revision());
            }
            after = row.revision();
            total = row.total();
        }
        return new Compaction(after, total, List.copyOf(deletes));
    }

    static boolean due(Row row, Instant oldest, long floor) {
        return row.time().isBefore(oldest) || row.total() <= floor;
    }
}
