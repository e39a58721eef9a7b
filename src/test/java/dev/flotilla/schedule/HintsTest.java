package dev.flotilla.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.schedule.facts.PodView;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Set;

/// What wakes a pod that found no node.
class HintsTest {
    private static final Set<String> FIT = Set.of("NodeResourcesFit");
    private static final Set<String> SPREAD = Set.of("PodTopologySpread");
    private static final Set<String> NEAR = Set.of("InterPodAffinity");

    private final ClusterView view = new ClusterView();
    private final PodView big = Given.pod("big", "x", 3000, 0);

    @BeforeEach
    void nodes() {
        view.put(Given.node("small", 1000, 1000));
        view.put(Given.node("large", 4000, 1000));
        view.put(Given.pod("other", "y", 2000, 0), "large", false);
    }

    @Test
    void aNodeThatWouldDoHelps() {
        assertThat(helps(big, FIT, new News.NodeChanged("small"))).isFalse();
        assertThat(helps(big, FIT, new News.NodeChanged("large"))).isFalse();
        assertThat(helps(big, FIT, new News.NodeChanged("gone"))).isFalse();
        view.put(Given.node("large", 8000, 1000));
        assertThat(helps(big, FIT, new News.NodeChanged("large"))).isTrue();
    }

    @Test
    void aPodThatWentHelpsWhereItLeavesRoom() {
        var other = Given.pod("other", "y", 2000, 0);
        assertThat(helps(big, FIT, new News.PodWent(other.shape(), "large"))).isFalse();
        view.remove(other.key());
        assertThat(helps(big, FIT, new News.PodWent(other.shape(), "large"))).isTrue();
        assertThat(helps(big, FIT, new News.PodCame(other.shape(), "large"))).isFalse();
    }

    @Test
    void forNeighboursOnlyThosePodsThatAreMeantHelp() {
        var wish =
                Yaml.pod(
                        """
                        metadata: {name: p, namespace: default, labels: {app: web}}
                        spec:
                          containers: [{name: a, resources: {requests: {cpu: 100}}}]
                          affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}]}}
                          topologySpreadConstraints: [{topologyKey: zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]
                        """);
        var db = PodView.of(Yaml.pod("db", "app: db", "''")).shape();
        var web = PodView.of(Yaml.pod("web", "app: web", "''")).shape();
        var job = PodView.of(Yaml.pod("job", "app: job", "''")).shape();
        assertThat(helps(wish, NEAR, new News.PodCame(db, "small"))).isTrue();
        assertThat(helps(wish, SPREAD, new News.PodCame(web, "small"))).isTrue();
        assertThat(helps(wish, SPREAD, new News.PodWent(web, "small"))).isTrue();
        assertThat(helps(wish, NEAR, new News.PodCame(job, "small"))).isFalse();
        assertThat(helps(wish, FIT, new News.PodCame(db, "small"))).isFalse();
        assertThat(helps(wish, NEAR, new News.NamespaceChanged())).isTrue();
        assertThat(helps(wish, SPREAD, new News.NodeChanged("small"))).isTrue();
    }

    @Test
    void storageHelpsThoseWhoWaitForIt() {
        assertThat(helps(big, Set.of("VolumeBinding"), new News.StorageChanged())).isTrue();
        assertThat(helps(big, FIT, new News.StorageChanged())).isFalse();
    }

    private boolean helps(PodView pod, Set<String> plugins, News news) {
        return Hints.help(view, pod.shape(), plugins, news);
    }
}
