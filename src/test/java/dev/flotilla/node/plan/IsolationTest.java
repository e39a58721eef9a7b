package dev.flotilla.node.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.node.ContainerSpec.Security;
import dev.flotilla.node.Pods;
import dev.flotilla.node.plan.ContainerSpecs.Host;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.client.utils.Serialization;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

/// A container's securityContext over its pod's.
class IsolationTest {
    private static final Host HOST = new Host("192.0.2.1", 4_000, 8L << 30, false, 0);

    @Test
    void givesNoNewRightsToAContainerThatAsksForNothing() {
        assertThat(of("{}", "{}", "")).isEqualTo(Security.USUAL);
    }

    @Test
    void joinsWhatPodAndContainerAsk() {
        var security =
                of(
                        """
                        {runAsUser: 1000, runAsGroup: 1001, fsGroup: 2000, supplementalGroups: [7],
                         seccompProfile: {type: Unconfined}, sysctls: [{name: net/core/somaxconn, value: "9"}]}
                        """,
                        """
                        {runAsUser: 1002, readOnlyRootFilesystem: true, allowPrivilegeEscalation: true,
                         capabilities: {add: [NET_ADMIN], drop: [ALL]}, appArmorProfile: {type: Unconfined}}
                        """,
                        "");
        assertThat(security)
                .isEqualTo(
                        new Security(
                                "1002:1001",
                                List.of(7L, 2000L),
                                false,
                                true,
                                false,
                                List.of("NET_ADMIN"),
                                List.of("ALL"),
                                "unconfined",
                                List.of("apparmor=unconfined"),
                                Map.of("net.core.somaxconn", "9")));
    }

    @Test
    void lowersAllBarriersOfAPrivilegedContainer() {
        var security = of("{}", "{privileged: true}", "");
        assertThat(security.privileged()).isTrue();
        assertThat(security.noNewPrivileges()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{runAsUser: 0} | 1000 | container's runAsUser breaks non-root policy (container:"
                        + " web)",
                "{} | '' | container has runAsNonRoot and image will run as root (container: web)",
                "{} | 0:0 | container has runAsNonRoot and image will run as root (container: web)",
                "{} | www | container has runAsNonRoot and image has non-numeric user (www), cannot"
                        + " verify user is non-root (container: web)"
            })
    void refusesRootWhereItMustNotBe(String own, String imageUser, String sentence) {
        assertThatThrownBy(() -> of("{runAsNonRoot: true}", own, imageUser))
                .isInstanceOf(Environment.Missing.class)
                .hasMessage(sentence);
    }

    @Test
    void takesAnImageThatSaysItsUser() {
        assertThat(of("{runAsNonRoot: true}", "{}", "1000:1000").user()).isEmpty();
        assertThat(of("{runAsNonRoot: true}", "{runAsUser: 5}", "").user()).isEqualTo("5:0");
    }

    @Test
    void namesProfilesOfTheNode() {
        var profile = "seccompProfile: {type: Localhost, localhostProfile: a/b.json}";
        assertThat(of("{" + profile + "}", "{}", "").seccomp())
                .isEqualTo("/var/lib/kubelet/seccomp/a/b.json");
        assertThat(of("{seccompProfile: {type: Unconfined}}", "{" + profile + "}", "").seccomp())
                .isEqualTo("/var/lib/kubelet/seccomp/a/b.json");
    }

    @Test
    void refusesAppArmorWhereTheKernelHasNone() {
        assertThatThrownBy(() -> of("{appArmorProfile: {type: RuntimeDefault}}", "{}", ""))
                .isInstanceOf(Environment.Missing.class)
                .hasMessage("Cannot enforce AppArmor: AppArmor is not enabled on the host");
    }

    private static Security of(String pod, String own, String imageUser) {
        var asked = Serialization.unmarshal("---\n" + pod, PodSecurityContext.class);
        var container = Pods.container("web");
        container.setSecurityContext(Serialization.unmarshal("---\n" + own, SecurityContext.class));
        var whole =
                new PodBuilder(Pods.pod("Always", "web"))
                        .editSpec()
                        .withSecurityContext(asked)
                        .endSpec()
                        .build();
        return Isolation.of(whole, container, true, HOST, _ -> imageUser);
    }
}
