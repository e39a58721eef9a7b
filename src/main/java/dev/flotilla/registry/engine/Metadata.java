package dev.flotilla.registry.engine;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// What the server, and nobody else, writes into `metadata`.
public final class Metadata {
    private static final String SUFFIX = "bcdfghjklmnpqrstvwxz2456789";
    private static final int LONGEST_BASE = 58;
    private static final List<String> SERVERS_OWN =
            List.of(
                    "name",
                    "namespace",
                    "generateName",
                    "uid",
                    "creationTimestamp",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds",
                    "generation");

    private final ReentrantLock drawing = new ReentrantLock();
    private final InstantSource time;
    private final RandomGenerator random;

    /// @param random draws uids, ends of generated names, and addresses
    public Metadata(InstantSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /// Now, as the API writes it.
    public String timestamp(long plusSeconds) {
        return now().plusSeconds(plusSeconds).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// By the clock that was given.
    public Instant now() {
        return time.instant();
    }

    /// Makes an object a new one, whatever was sent of what the server writes.
    ///
    /// @param generation whether its kind counts generations
    public void born(ObjectNode object, boolean generation) {
        var metadata = Tree.child(object, "metadata");
        metadata.remove(
                List.of(
                        "resourceVersion",
                        "selfLink",
                        "deletionTimestamp",
                        "deletionGracePeriodSeconds",
                        "generation"));
        metadata.put("uid", uid());
        metadata.put("creationTimestamp", timestamp(0));
        if (generation) {
            metadata.put("generation", 1);
        }
    }

    /// A name that nobody has yet, most likely.
    public String generated(String base) {
        var name = new StringBuilder(base);
        name.setLength(Math.min(base.length(), LONGEST_BASE));
        drawing.lock();
        try {
            for (int i = 0; i < 5; i++) {
                name.append(SUFFIX.charAt(random.nextInt(SUFFIX.length())));
            }
        } finally {
            drawing.unlock();
        }
        return name.toString();
    }

    /// A number from 0 to below `bound`, by chance.
    long draw(long bound) {
        drawing.lock();
        try {
            return random.nextLong(bound);
        } finally {
            drawing.unlock();
        }
    }

    /// What a writer can't change stays as it was.
    public static void carried(ObjectNode before, ObjectNode after) {
        var from = Tree.child(before, "metadata");
        var to = Tree.child(after, "metadata");
        SERVERS_OWN.forEach(name -> Tree.carry(from, to, name));
        to.remove("selfLink");
    }

    /// Counts a change of what is wanted.
    public static void bumpGeneration(ObjectNode object) {
        var metadata = Tree.child(object, "metadata");
        metadata.put("generation", Tree.number(metadata, 0, "generation") + 1);
    }

    private String uid() {
        drawing.lock();
        try {
            long high = (random.nextLong() & ~0xF000L) | 0x4000L;
            long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
            return new UUID(high, low).toString();
        } finally {
            drawing.unlock();
        }
    }
}
