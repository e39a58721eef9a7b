package dev.flotilla.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.HistoryCommand;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.ReleaseHistory;
import com.marcnuri.helm.UninstallCommand;
import com.marcnuri.helm.UpgradeCommand;

import java.nio.file.Path;
import java.util.List;

/// The life of a release, in Helm's own words. A process of its own, because Helm brings Go's
/// runtime along; it prints `ok CASE` for each case and ends with 1 at the first that fails.
final class HelmCases {
    private static final String RELEASE = "shop";
    private static final String NAMESPACE = "apps";
    private static final int SECONDS = 60;

    private final Path chart;
    private final Path kubeconfig;

    private HelmCases(Path chart, Path kubeconfig) {
        this.chart = chart;
        this.kubeconfig = kubeconfig;
    }

    /// @param args the chart's folder and the kubeconfig
    public static void main(String[] args) {
        var cases = new HelmCases(Path.of(args[0]), Path.of(args[1]));
        try {
            cases.all();
        } catch (AssertionError | RuntimeException e) {
            System.out.println("FAILED: " + e);
            System.exit(1);
        }
        System.exit(0);
    }

    private void all() {
        said("dry run on the server", this::dryRun);
        said("install", this::install);
        said("install what is there", this::installAgain);
        said("status and list", this::statusAndList);
        said("upgrade and wait", this::upgrade);
        said("test", this::test);
        said("roll back what does not become ready", this::rollBack);
        said("upgrade by force", this::force);
        said("history", this::history);
        said("uninstall", this::uninstall);
    }

    private static void said(String name, Runnable body) {
        body.run();
        System.out.println("ok " + name);
    }

    private void dryRun() {
        var release = installing().withDryRunOption(DryRun.SERVER).call();
        assertThat(release.getStatus()).isEqualTo("pending-install");
        assertThat(release.getOutput()).contains("Of shop: default, true, ");
        assertThat(Helm.list().allNamespaces().withKubeConfig(kubeconfig).call()).isEmpty();
    }

    private void install() {
        var release = installing().call();
        assertThat(release.getStatus()).isEqualTo("deployed");
        assertThat(release.getRevision()).isEqualTo("1");
    }

    private void installAgain() {
        assertThatThrownBy(() -> installing().call())
                .hasMessageContaining("cannot re-use a name that is still in use");
    }

    private void statusAndList() {
        var status = Helm.status(RELEASE).withNamespace(NAMESPACE).withKubeConfig(kubeconfig);
        assertThat(status.call().getStatus()).isEqualTo("deployed");
        assertThat(listed()).extracting(Release::getName).containsExactly(RELEASE);
        assertThat(Helm.list().allNamespaces().withKubeConfig(kubeconfig).call()).hasSize(1);
    }

    /// Without the claim, which nobody here binds.
    private void upgrade() {
        var release = upgrading().set("greeting", "bye").waitReady().withTimeout(SECONDS).call();
        assertThat(release.getStatus()).isEqualTo("deployed");
        assertThat(release.getRevision()).isEqualTo("2");
    }

    private void test() {
        var test = Helm.test(RELEASE).withNamespace(NAMESPACE).withKubeConfig(kubeconfig);
        assertThat(test.withTimeout(SECONDS).call().getStatus()).isEqualTo("deployed");
    }

    private void rollBack() {
        var nowhere = upgrading().set("node.on", "the moon").atomic().waitReady().withTimeout(6);
        assertThatThrownBy(nowhere::call)
                .hasMessageContaining("release shop failed, and has been rolled back");
        assertThat(listed()).extracting(Release::getStatus).containsExactly("deployed");
    }

    private void force() {
        var release = upgrading().set("greeting", "again").force().call();
        assertThat(release.getStatus()).isEqualTo("deployed");
    }

    private void history() {
        assertThat(histories().call())
                .extracting(ReleaseHistory::getStatus)
                .containsExactly("superseded", "superseded", "failed", "superseded", "deployed");
    }

    private void uninstall() {
        var said =
                Helm.uninstall(RELEASE)
                        .withNamespace(NAMESPACE)
                        .withKubeConfig(kubeconfig)
                        .withCascade(UninstallCommand.Cascade.FOREGROUND)
                        .call();
        assertThat(said).contains("release \"shop\" uninstalled");
        assertThat(listed()).isEmpty();
        assertThatThrownBy(() -> histories().call()).hasMessageContaining("release: not found");
    }

    private InstallCommand installing() {
        return new Helm(chart)
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .createNamespace()
                .withKubeConfig(kubeconfig);
    }

    private UpgradeCommand upgrading() {
        return new Helm(chart)
                .upgrade()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeConfig(kubeconfig)
                .set("volume", false);
    }

    private HistoryCommand histories() {
        return Helm.history(RELEASE).withNamespace(NAMESPACE).withKubeConfig(kubeconfig);
    }

    private List<Release> listed() {
        return Helm.list().withNamespace(NAMESPACE).withKubeConfig(kubeconfig).call();
    }
}
