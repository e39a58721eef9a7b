package dev.flotilla.ui.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.Fleets;

import org.junit.jupiter.api.Test;

class KubectlTest {
    private static final ObjectKey WEB = new ObjectKey("shop", "web");

    @Test
    void writesWhatADragDoes() {
        assertThat(command(new Intent.AddReplica(WEB, "pico-2")))
                .isEqualTo(
                        "kubectl -n shop annotate --overwrite deployment web"
                                + " flotilla.dev/add-on=pico-2@7"
                                + " && kubectl -n shop scale deployment web --replicas=7");
        assertThat(command(new Intent.RemovePod(new ObjectKey("shop", "p"), WEB, "pico-1")))
                .isEqualTo(
                        "kubectl -n shop annotate --overwrite pod p"
                                + " controller.kubernetes.io/pod-deletion-cost=-2147483648"
                                + " && kubectl -n shop scale deployment web --replicas=5");
        assertThat(command(new Intent.Cordon("pico-1", true))).isEqualTo("kubectl cordon pico-1");
    }

    @Test
    void aSelectionSurvivesTheSettingsFile() {
        for (var selection :
                new Selection[] {
                    new Selection.OfPod(WEB),
                    new Selection.OfApp(WEB),
                    new Selection.OfNode("n1"),
                    new Selection.Nothing()
                }) {
            assertThat(Selection.parse(selection.text())).isEqualTo(selection);
        }
        assertThat(Selection.parse("nonsense here")).isEqualTo(new Selection.Nothing());
    }

    private static String command(Intent intent) {
        return Kubectl.command(intent, Fleets.picture()).orElseThrow();
    }
}
