package dev.flotilla.node.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;

import org.junit.jupiter.api.Test;

import java.util.List;

class LinksTest {
    @Test
    void tellsWhereAServiceIsAsKubernetesAndDockerDo() {
        var links =
                Links.of(
                        List.of(
                                service(
                                        """
                                        metadata: {name: my-db}
                                        spec:
                                          clusterIP: 10.43.0.9
                                          ports: [{name: sql-in, port: 5432}, {port: 53, protocol: UDP}]
                                        """),
                                service(
                                        """
                                        metadata: {name: headless}
                                        spec: {clusterIP: None, ports: [{port: 80}]}
                                        """)));
        assertThat(links)
                .containsExactly(
                        entry("MY_DB_SERVICE_HOST", "10.43.0.9"),
                        entry("MY_DB_SERVICE_PORT", "5432"),
                        entry("MY_DB_SERVICE_PORT_SQL_IN", "5432"),
                        entry("MY_DB_PORT", "tcp://10.43.0.9:5432"),
                        entry("MY_DB_PORT_5432_TCP", "tcp://10.43.0.9:5432"),
                        entry("MY_DB_PORT_5432_TCP_PROTO", "tcp"),
                        entry("MY_DB_PORT_5432_TCP_PORT", "5432"),
                        entry("MY_DB_PORT_5432_TCP_ADDR", "10.43.0.9"),
                        entry("MY_DB_PORT_53_UDP", "udp://10.43.0.9:53"),
                        entry("MY_DB_PORT_53_UDP_PROTO", "udp"),
                        entry("MY_DB_PORT_53_UDP_PORT", "53"),
                        entry("MY_DB_PORT_53_UDP_ADDR", "10.43.0.9"));
    }

    private static Service service(String text) {
        return Serialization.unmarshal(text, Service.class);
    }
}
