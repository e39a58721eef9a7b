package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

/// Pods that are said to run, for streams to go to.
record StreamPods(Https https) {
    static final String PODS = "/api/v1/namespaces/default/pods";

    /// One pod that runs on that node.
    ///
    /// @param containers their names
    void running(String name, String node, String... containers) {
        var list = new StringBuilder();
        for (var container : containers) {
            list.append(list.isEmpty() ? "" : ",")
                    .append(
                            "{\"name\":\"%s\",\"image\":\"i\",\"stdin\":true}"
                                    .formatted(container));
        }
        waiting(name, list.toString());
        var bound =
                https.post(
                        PODS + "/" + name + "/binding",
                        "{\"metadata\":{\"name\":\"%s\"},\"target\":{\"kind\":\"Node\",\"name\":\"%s\"}}"
                                .formatted(name, node));
        assertThat(bound.code()).isEqualTo(201);
        var status =
                https.patch(
                        PODS + "/" + name + "/status",
                        "merge-patch+json",
                        "{\"status\":{\"phase\":\"Running\"}}");
        assertThat(status.code()).isEqualTo(200);
    }

    void waiting(String name, String containers) {
        var made =
                https.post(
                        PODS,
                        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"containers\":[%s]}}"
                                .formatted(name, containers));
        assertThat(made.code()).isEqualTo(201);
    }
}
