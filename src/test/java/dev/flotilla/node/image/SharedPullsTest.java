package dev.flotilla.node.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.lab.Until;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

class SharedPullsTest {
    private static final RegistryLogin LOGIN = new RegistryLogin("reg.io", "me", "hush");

    private final CountDownLatch go = new CountDownLatch(1);
    private final List<String> pulled = new CopyOnWriteArrayList<>();
    private final List<String> words = new CopyOnWriteArrayList<>();
    private final SharedPulls pulls =
            new SharedPulls(
                    (image, login, progress) -> {
                        pulled.add(image + (login == null ? "" : " with a " + login));
                        await(go);
                        progress.accept(
                                new PullProgress.Layer("a", "Downloading", 2_000_000, 4_000_000));
                        progress.accept(new PullProgress.Layer("b", "Already exists", 0, 0));
                        if (image.startsWith("none")) {
                            throw new RefusedByEngine("not found");
                        }
                    },
                    InstantSource.system());

    @Test
    void whoeverComesLaterSharesThePullOfTheSameImageAndLogin() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (var login : new RegistryLogin[] {null, null, LOGIN, null, LOGIN}) {
            threads.add(Thread.startVirtualThread(() -> pulls.pull("web:1", login, words::add)));
        }
        Until.seen(
                "all wait",
                Duration.ofSeconds(30),
                () -> threads.stream().map(Thread::getState).toList(),
                states -> states.stream().allMatch(Thread.State.WAITING::equals));
        go.countDown();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(pulled).containsExactlyInAnyOrder("web:1", "web:1 with a login of me at reg.io");
        assertThat(words).hasSize(10);
        assertThat(words).contains("pulling: 2.0 MB of 4.0 MB, 1 of 2 layers are there");
    }

    @Test
    void aRefusalIsToldAndTheNextOneTriesAnew() {
        go.countDown();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> pulls.pull("none:1", null, _ -> {}))
                    .isInstanceOf(RefusedByEngine.class)
                    .hasMessage("not found");
        }
        assertThat(pulled).hasSize(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
