package dev.flotilla.app;

import dev.flotilla.model.ErrandStatus;
import dev.flotilla.model.VolumeCopy;
import dev.flotilla.model.VolumeCopySpec;
import dev.flotilla.model.VolumeCopyStatus;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Objects;

/// Tells how far a copy of a volume is.
final class CopyFollower extends Follower<VolumeCopySpec, VolumeCopyStatus, VolumeCopy> {
    private static final double MEGA = 1e6;

    private final PrintStream out;
    private String printed = "";

    private CopyFollower(Terminal terminal) {
        super(terminal);
        this.out = terminal.out();
    }

    /// @return the command's exit code
    static int run(ApiOptions api, VolumeCopySpec spec, Terminal terminal)
            throws InterruptedException {
        var copy = new VolumeCopy();
        copy.setSpec(spec);
        return new CopyFollower(terminal).follow(api, copy, "copy-", () -> {});
    }

    @Override
    void show(VolumeCopyStatus status) {
        var words = ErrandStatus.failed(status) ? "" : words(status);
        if (!words.isEmpty() && !words.equals(printed)) {
            printed = words;
            out.println(words);
        }
    }

    private static String words(VolumeCopyStatus status) {
        long bytes = Objects.requireNonNullElse(status.bytes(), 0L);
        if (ErrandStatus.done(status) || bytes == 0) {
            return Objects.requireNonNullElse(status.message(), "");
        }
        var all = status.allBytes();
        return all == null
                ? String.format(Locale.ROOT, "%.1f MB", bytes / MEGA)
                : String.format(Locale.ROOT, "%.1f of %.1f MB", bytes / MEGA, all / MEGA);
    }
}
