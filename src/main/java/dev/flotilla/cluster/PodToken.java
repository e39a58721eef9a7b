package dev.flotilla.cluster;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A token of a pod, signed when it is first read: that costs more than anything else that is done
/// to plan a pod, and a node that only looks whether the pod still has its token reads none. It is
/// equal to itself alone.
public final class PodToken {
    /// Held while it is signed.
    private final ReentrantLock signing = new ReentrantLock();

    private final Supplier<String> signer;
    private volatile @Nullable String text;

    /// @param signer makes its text; asked once
    public PodToken(Supplier<String> signer) {
        this.signer = signer;
    }

    /// What its bearer shows.
    public String text() {
        var known = text;
        return known == null ? sign() : known;
    }

    private String sign() {
        signing.lock();
        try {
            var known = text;
            if (known == null) {
                known = signer.get();
                text = known;
            }
            return known;
        } finally {
            signing.unlock();
        }
    }

    /// It is secret.
    @Override
    public String toString() {
        return "a token";
    }
}
