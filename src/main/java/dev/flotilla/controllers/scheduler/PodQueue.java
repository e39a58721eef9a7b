package dev.flotilla.controllers.scheduler;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.News;
import dev.flotilla.schedule.facts.PodView;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;

/// The pods that have no node yet: the highest priority first, then the oldest.
///
/// One that found no node waits until something happens that can help it, and at least as long as
/// its backoff: 1 s, doubled with each failure up to 10 s. Those that failed alike wait together:
/// only the first of them is tried again, and the next when that found a node. Should a hint have
/// been missed, the first of each are tried after five minutes all the same. Safe for threads.
final class PodQueue {
    static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    static final Duration LAST_BACKOFF = Duration.ofSeconds(10);
    static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int REMEMBERED = 256;

    /// Guards all below.
    private final ReentrantLock order = new ReentrantLock();

    private final Map<ObjectKey, Waiting> all = new HashMap<>();
    private final TreeSet<Waiting> ready = new TreeSet<>();
    private final TreeSet<Due> later = new TreeSet<>();
    private final Map<Alike, TreeSet<Waiting>> homeless = new LinkedHashMap<>();
    private final ArrayDeque<News> latest = new ArrayDeque<>();
    private long told;
    private @Nullable Instant impatient;

    /// Has the pod looked at; nothing new if it is known as it is.
    void offer(PodView pod, Instant created) {
        order.lock();
        try {
            var known = all.get(pod.key());
            if (known != null && known.sameAs(pod)) {
                return;
            }
            leave(known);
            var waiting = new Waiting(pod, created);
            if (known != null && known.inWork) {
                known.successor = waiting;
            } else {
                all.put(pod.key(), waiting);
                ready.add(waiting);
            }
        } finally {
            order.unlock();
        }
    }

    /// The pod has a node, or is gone.
    void remove(ObjectKey key) {
        order.lock();
        try {
            var known = all.get(key);
            if (known == null) {
                return;
            }
            leave(known);
            if (known.inWork) {
                known.dropped = true;
                known.successor = null;
            } else {
                all.remove(key);
                wakeNext(known.alike);
            }
        } finally {
            order.unlock();
        }
    }

    /// The first that may be tried now. In work until one of the methods below is called for it.
    Optional<Waiting> take(Instant now) {
        order.lock();
        try {
            settle(now);
            var first = ready.pollFirst();
            if (first != null) {
                first.inWork = true;
                first.since = told;
            }
            return Optional.ofNullable(first);
        } finally {
            order.unlock();
        }
    }

    /// It found a node: those that failed like it before may, too.
    void placed(Waiting waiting) {
        order.lock();
        try {
            wakeNext(waiting.alike);
            waiting.alike = null;
        } finally {
            order.unlock();
        }
    }

    /// It needs nothing more.
    void done(Waiting waiting) {
        order.lock();
        try {
            wakeNext(waiting.alike);
            finish(waiting, null);
        } finally {
            order.unlock();
        }
    }

    /// To be tried again at once.
    void again(Waiting waiting) {
        order.lock();
        try {
            finish(waiting, ready);
        } finally {
            order.unlock();
        }
    }

    /// It found no node: waits for news.
    ///
    /// @param helps whether news helps it; asked of those that came while it was in work
    void failed(Waiting waiting, Alike alike, Instant now, BiPredicate<Alike, News> helps) {
        order.lock();
        try {
            waiting.fails++;
            rest(waiting, alike, now.plus(waiting.backoff()), helps);
            impatient = impatient == null ? now.plus(PATIENCE) : impatient;
        } finally {
            order.unlock();
        }
    }

    /// It has a node and waits for something else there: tried again as soon as news helps it.
    void held(Waiting waiting, Alike alike, Instant now, BiPredicate<Alike, News> helps) {
        order.lock();
        try {
            rest(waiting, alike, now, helps);
            impatient = impatient == null ? now.plus(PATIENCE) : impatient;
        } finally {
            order.unlock();
        }
    }

    private void rest(
            Waiting waiting, Alike alike, Instant earliest, BiPredicate<Alike, News> helps) {
        if (!alike.equals(waiting.alike)) {
            wakeNext(waiting.alike);
        }
        waiting.alike = alike;
        waiting.earliest = earliest;
        boolean missed = told - waiting.since > latest.size();
        var since = new ArrayList<>(latest);
        int from = (int) Math.max(0, since.size() - (told - waiting.since));
        boolean helped =
                missed
                        || since.subList(from, since.size()).stream()
                                .anyMatch(n -> helps.test(alike, n));
        var rest = homeless.computeIfAbsent(alike, _ -> new TreeSet<>());
        finish(waiting, rest);
        if (rest.isEmpty()) {
            homeless.remove(alike);
        }
        if (helped) {
            wake(waiting);
        }
    }

    /// Something happened.
    ///
    /// @param helps whether it helps those that failed alike
    /// @return whether any pod is to be tried for it, now or later
    boolean tell(News news, BiPredicate<Alike, News> helps) {
        order.lock();
        try {
            told++;
            latest.add(news);
            if (latest.size() > REMEMBERED) {
                latest.remove();
            }
            var helped = homeless.keySet().stream().filter(a -> helps.test(a, news)).toList();
            helped.forEach(this::wakeNext);
            return !helped.isEmpty();
        } finally {
            order.unlock();
        }
    }

    /// When there is something to try next; empty when nothing is to be done but to wait for news.
    Optional<Instant> next(Instant now) {
        order.lock();
        try {
            if (!ready.isEmpty()) {
                return Optional.of(now);
            }
            var due = later.isEmpty() ? null : later.first().at;
            if (due == null || (impatient != null && impatient.isBefore(due))) {
                due = homeless.isEmpty() ? due : impatient;
            }
            return Optional.ofNullable(due);
        } finally {
            order.unlock();
        }
    }

    private void settle(Instant now) {
        while (!later.isEmpty() && !later.first().at.isAfter(now)) {
            var due = later.removeFirst();
            due.waiting.due = null;
            ready.add(due.waiting);
        }
        if (impatient != null && !impatient.isAfter(now)) {
            new ArrayList<>(homeless.keySet()).forEach(this::wakeNext);
            impatient = homeless.isEmpty() ? null : now.plus(PATIENCE);
            settle(now);
        }
    }

    private void wakeNext(@Nullable Alike alike) {
        var rest = alike == null ? null : homeless.get(alike);
        if (rest != null) {
            wake(rest.first());
        }
    }

    private void wake(Waiting waiting) {
        if (!leave(waiting)) {
            return;
        }
        waiting.due = new Due(waiting.earliest, waiting);
        later.add(waiting.due);
    }

    /// Takes it from where it waits.
    ///
    /// @return whether it waited for news
    private boolean leave(@Nullable Waiting waiting) {
        if (waiting == null) {
            return false;
        }
        ready.remove(waiting);
        if (waiting.due != null) {
            later.remove(waiting.due);
            waiting.due = null;
        }
        var rest = waiting.alike == null ? null : homeless.get(waiting.alike);
        boolean waited = rest != null && rest.remove(waiting);
        if (rest != null && rest.isEmpty()) {
            homeless.remove(waiting.alike);
        }
        return waited;
    }

    private void finish(Waiting waiting, @Nullable TreeSet<Waiting> to) {
        waiting.inWork = false;
        var key = waiting.pod.key();
        if (waiting.successor != null) {
            all.put(key, waiting.successor);
            ready.add(waiting.successor);
        } else if (waiting.dropped || to == null) {
            all.remove(key);
        } else {
            to.add(waiting);
        }
    }

    private record Due(Instant at, Waiting waiting) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : waiting.compareTo(other.waiting);
        }
    }

    /// One pod in the queue; changed only by the queue.
    static final class Waiting implements Comparable<Waiting> {
        private final PodView pod;
        private final Instant created;
        private int fails;
        private Instant earliest = Instant.MIN;
        private @Nullable Alike alike;
        private @Nullable Due due;
        private @Nullable Waiting successor;
        private boolean inWork;
        private boolean dropped;
        private long since;

        private Waiting(PodView pod, Instant created) {
            this.pod = pod;
            this.created = created;
        }

        ObjectKey key() {
            return pod.key();
        }

        private boolean sameAs(PodView other) {
            var latestKnown = successor == null ? this : successor;
            return !dropped
                    && latestKnown.pod.shape().equals(other.shape())
                    && Objects.equals(latestKnown.pod.placeOn(), other.placeOn());
        }

        private Duration backoff() {
            var doubled = FIRST_BACKOFF.multipliedBy(1L << Math.min(fails - 1, 4));
            return doubled.compareTo(LAST_BACKOFF) > 0 ? LAST_BACKOFF : doubled;
        }

        @Override
        public int compareTo(Waiting other) {
            int byPriority = Integer.compare(other.pod.shape().priority(), pod.shape().priority());
            int byAge = byPriority != 0 ? byPriority : created.compareTo(other.created);
            return byAge != 0 ? byAge : pod.key().compareTo(other.pod.key());
        }
    }
}
