package dev.flotilla.cluster;

import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Tells whether pods come in crowds. Then what they wait for goes first, and who can wait does,
/// for a bounded time: on a machine that is busy anyway, a thousand pods have their nodes sooner if
/// nobody tends the first of them meanwhile, and fewer looks at each see more.
public final class Rush {
    /// That many changes within that time are a crowd; a few dozen pods are none.
    private static final int CROWD = 64;

    private static final long WITHIN_MILLIS = 1000;

    /// It is over when nothing has come for as long as so many usually took, and no sooner than
    /// that: on a machine with much else to do they come more slowly, and with gaps.
    private static final int PAUSE = 16;

    private static final long SHORTEST_PAUSE_MILLIS = 40;

    private static final Duration REST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration LONGEST_OF_ALL = Duration.ofSeconds(5);

    private final InstantSource time;
    private final long longestMillis;

    /// Guards all below.
    private final ReentrantLock counting = new ReentrantLock();

    /// When the latest changes came, in a ring.
    private final long[] came = new long[CROWD];

    private int next;

    /// When it became a crowd; 0 while it is none.
    private long began;

    private long pauseMillis = SHORTEST_PAUSE_MILLIS;

    private Rush(InstantSource time, Duration longest) {
        this.time = time;
        this.longestMillis = longest.toMillis();
    }

    /// Of pods that are made and bound: those who then tend them can wait for three seconds.
    public static Rush ofComing(Informers informers, InstantSource time) {
        return of(informers, time, LONGEST, Rush::isComing);
    }

    /// Of all that happens to pods: those who only tell of it can wait for five seconds.
    public static Rush ofAll(Informers informers, InstantSource time) {
        return of(informers, time, LONGEST_OF_ALL, _ -> true);
    }

    private static Rush of(
            Informers informers, InstantSource time, Duration longest, Predicate<Pod> counts) {
        var rush = new Rush(time, longest);
        informers
                .of(Pod.class)
                .listen(
                        change -> {
                            if (change instanceof Change.Put<Pod>(_, var pod) && counts.test(pod)) {
                                rush.count();
                            }
                        });
        return rush;
    }

    /// Whether nobody has begun to tend it.
    public static boolean isComing(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && (pod.getStatus() == null || pod.getStatus().getStartTime() == null);
    }

    /// How long who can wait should before it asks again; zero for not at all.
    public Duration rest() {
        long now = time.millis();
        counting.lock();
        try {
            boolean on = began != 0 && now - last() <= pauseMillis && now - began < longestMillis;
            return on ? REST : Duration.ZERO;
        } finally {
            counting.unlock();
        }
    }

    private void count() {
        long now = time.millis();
        counting.lock();
        try {
            long took = now - came[next];
            boolean crowd = took <= WITHIN_MILLIS;
            if (!crowd || now - last() > pauseMillis) {
                began = 0;
            }
            pauseMillis =
                    crowd
                            ? Math.max(SHORTEST_PAUSE_MILLIS, took * PAUSE / CROWD)
                            : SHORTEST_PAUSE_MILLIS;
            if (crowd && began == 0) {
                began = now;
            }
            came[next] = now;
            next = (next + 1) % CROWD;
        } finally {
            counting.unlock();
        }
    }

    private long last() {
        return came[(next + CROWD - 1) % CROWD];
    }
}
