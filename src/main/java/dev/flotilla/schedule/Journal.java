package dev.flotilla.schedule;

import dev.flotilla.schedule.facts.Shape;

import org.jspecify.annotations.Nullable;

/// The last changes of nodes and of the pods on them, in order, for those who keep something that
/// follows from them. Who has missed too many starts anew.
final class Journal {
    private static final int KEPT = 4096;

    private final int[] places = new int[KEPT];
    private final @Nullable Shape[] pods = new @Nullable Shape[KEPT];
    private final byte[] signs = new byte[KEPT];
    private final boolean[] leaving = new boolean[KEPT];
    private long head;

    /// The node changed otherwise than by a pod.
    void node(int place) {
        add(place, null, 0, false);
    }

    /// @param sign 1 when it came, -1 when it went
    void pod(int place, Shape pod, int sign, boolean goes) {
        add(place, pod, sign, goes);
    }

    /// How many changes there were, ever.
    long head() {
        return head;
    }

    /// Whether all changes since `cursor` are still known.
    boolean since(long cursor) {
        return head - cursor <= KEPT;
    }

    /// Tells one change.
    ///
    /// @param index of a change that is still known
    void tell(long index, Reader to) {
        int at = (int) (index % KEPT);
        to.changed(places[at], pods[at], signs[at], leaving[at]);
    }

    private void add(int place, @Nullable Shape pod, int sign, boolean goes) {
        int at = (int) (head++ % KEPT);
        places[at] = place;
        pods[at] = pod;
        signs[at] = (byte) sign;
        leaving[at] = goes;
    }

    /// Who follows.
    interface Reader {
        /// @param pod null when the node itself changed
        void changed(int place, @Nullable Shape pod, int sign, boolean leaving);
    }
}
