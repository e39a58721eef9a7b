package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Thousands of requests, most of them nonsense, from several clients at once, while watches of
/// several kinds, in HTTP/2 and HTTP/1.1, begin at any revision. Each answer is held to the rules,
/// each watch to the store's log, and what was there before must be there after: threads, files,
/// memory. With `-Dflotilla.fuzz=100000` as many requests as that, with `-Dflotilla.fuzz.seed=7`
/// others.
class WireFuzzTest {
    private static final int REQUESTS = Integer.getInteger("flotilla.fuzz", 1_000);
    private static final long SEED = Long.getLong("flotilla.fuzz.seed", 1);
    private static final int CLIENTS = 5;
    private static final String CORE = "/api/v1/namespaces/default/";
    private static final Set<Integer> CODES =
            Set.of(200, 201, 202, 301, 400, 403, 404, 405, 406, 409, 410, 413, 415, 422, 504);

    @TempDir Path temp;
    private final Set<Long> told = new ConcurrentSkipListSet<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Semaphore turns = new Semaphore(0);

    @Test
    void nothingBreaksNothingLeaksNothingIsLost() throws Exception {
        round(100);
        var files = openFiles();
        var threads = Thread.getAllStackTraces().size();
        var heap = heap();
        told.clear();
        round(REQUESTS);
        assertThat(told).as("writes that were taken").hasSizeGreaterThan(REQUESTS / 20);
        await("open files", WireFuzzTest::openFiles, files + 5);
        await("threads", () -> Thread.getAllStackTraces().size(), threads + 5);
        await("bytes of heap", WireFuzzTest::heap, heap + (32L << 20));
    }

    private void round(int requests) throws Exception {
        asked.set(requests);
        try (var all = Executors.newVirtualThreadPerTaskExecutor();
                var server = new TestServer(temp);
                var https = server.https();
                var watching = server.https();
                var older = Https.withToken(server.server.uri(), server.pki, Version.HTTP_1_1)) {
            var since = server.registry.revision();
            var followers = new ArrayList<Future<Follower>>();
            for (var plan : Follower.plans()) {
                followers.add(follow(all, watching, plan, since));
                followers.add(follow(all, older, plan, since));
            }
            var clients = new ArrayList<Future<?>>();
            for (var i = 0; i < CLIENTS; i++) {
                var random = new Random(SEED * CLIENTS + i);
                clients.add(all.submit(() -> client(https, random)));
            }
            var random = new Random(SEED);
            var plans = Follower.plans();
            while (clients.stream().anyMatch(c -> !c.isDone())) {
                if (turns.tryAcquire(100, TimeUnit.MILLISECONDS) && followers.size() < 100) {
                    var revision = random.nextLong(since, server.registry.revision() + 1);
                    var plan = plans.get(random.nextInt(plans.size()));
                    var by = random.nextBoolean() ? watching : older;
                    followers.add(follow(all, by, plan, revision));
                }
            }
            end(https);
            for (var client : clients) {
                client.get();
            }
            for (var follower : followers) {
                follower.get().check(server.store);
            }
            var written = written(server);
            assertThat(written).containsAll(told);
            nothingIsOpen(https);
        }
    }

    private static Future<Follower> follow(
            ExecutorService all, Https https, Follower.Plan plan, long since) {
        return all.submit(() -> new Follower(plan, since).run(https));
    }

    private static void end(Https https) {
        for (var kind : List.of("configmaps", "secrets", "pods")) {
            var body =
                    "{\"metadata\":{\"name\":\"%s\"}%s}"
                            .formatted(
                                    Follower.END,
                                    kind.equals("pods")
                                            ? ",\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}"
                                            : "");
            assertThat(https.post(CORE + kind, body).code()).isEqualTo(201);
        }
    }

    private Void client(Https https, Random random) {
        for (var left = asked.getAndDecrement(); left > 0; left = asked.getAndDecrement()) {
            if (left % (REQUESTS / 100) == 0) {
                turns.release();
            }
            var request = RandomRequest.of(random);
            var reply = https.send(request.on(https));
            var what =
                    "%s %s: %s"
                            .formatted(
                                    request,
                                    new String(request.body(), StandardCharsets.ISO_8859_1),
                                    reply.response().body());
            assertThat(CODES).as(what).contains(reply.code());
            assertThat(reply.response().body())
                    .as(what)
                    .doesNotContain("dev.flotilla", "java.", "tools.jackson", "org.eclipse");
            if (reply.code() >= 400 && !request.method().equals("HEAD")) {
                assertThat(reply.json().path("kind").asString("")).as(what).isEqualTo("Status");
                assertThat(reply.json().path("code").asInt()).as(what).isEqualTo(reply.code());
                assertThat(reply.json().path("reason").asString("")).as(what).isNotEmpty();
                assertThat(reply.json().path("message").asString("")).as(what).isNotEmpty();
            }
            remember(request, reply);
        }
        return null;
    }

    /// A write that was answered with an object has its revision in the log.
    private void remember(RandomRequest request, Https.Reply reply) {
        var wrote = Set.of("POST", "PUT", "PATCH").contains(request.method());
        var revision = reply.json().at("/metadata/resourceVersion").asLong(0);
        if (wrote && revision > 0 && reply.code() < 300 && !request.path().contains("dryRun")) {
            told.add(revision);
        }
    }

    private static Set<Long> written(TestServer server) {
        var all = new ConcurrentSkipListSet<Long>();
        try (var log = server.store.watch("", 0)) {
            for (var some = log.poll(1000); !some.isEmpty(); some = log.poll(1000)) {
                some.forEach(entry -> all.add(entry.revision()));
            }
        }
        return all;
    }

    private static void nothingIsOpen(Https https) {
        await("watches", () -> gauge(https, "flotilla_open_watches "), 0);
        await("waiters", () -> gauge(https, "apiserver_flowcontrol_current_inqueue_requests "), 0);
        var writes = "apiserver_current_inflight_requests{request_kind=\"mutating\"} ";
        await("writes", () -> gauge(https, writes), 0);
    }

    private static long gauge(Https https, String name) {
        return https.get("/metrics")
                .response()
                .body()
                .lines()
                .filter(l -> l.startsWith(name))
                .mapToLong(l -> Long.parseLong(l.substring(name.length())))
                .sum();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    private static void await(String what, LongSupplier now, long most) {
        var end = System.nanoTime() + 20_000_000_000L;
        for (var is = now.getAsLong(); is > most; is = now.getAsLong()) {
            assertThat(System.nanoTime()).as("%d %s, not %d", is, what, most).isLessThan(end);
        }
    }
}
