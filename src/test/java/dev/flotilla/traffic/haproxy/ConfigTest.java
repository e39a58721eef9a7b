package dev.flotilla.traffic.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.traffic.Scenes;
import dev.flotilla.traffic.Tool;
import dev.flotilla.traffic.plan.Plan;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// The configuration of each feature, and that HAProxy itself takes it.
class ConfigTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"inside", "outside", "choice", "ingress"})
    void asWritten(String scene) throws IOException {
        var config = config(Scenes.plan(scene));
        Scenes.assertGolden(scene + ".cfg", shown(config));
        check(config);
    }

    @Test
    void certificatesAreShownByHost() throws Exception {
        var plan = Scenes.plan("secure", pair("rsa", "RSA"), pair("ec", "EC"));
        assertThat(plan.refused()).extracting(r -> r.what()).containsExactly("Ingress shop/secure");
        var config = config(plan);
        Scenes.assertGolden("secure.cfg", shown(config));
        assertThat(config.files())
                .containsOnlyKeys("certs/list", "certs/shop_ec.pem", "certs/shop_rsa.pem");
        Scenes.assertGolden(
                "secure.list",
                config.files().getOrDefault("certs/list", "").replace(folder.toString(), "FOLDER"));
        check(config);
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsNone() throws Exception {
        var one = pair("rsa", "RSA");
        var other = pair("ec", "RSA");
        var mixed =
                new SecretBuilder(one).addToData("tls.key", other.getData().get("tls.key")).build();
        var plan = Scenes.plan("secure", mixed, other);
        assertThat(plan.gate().certificates()).containsOnlyKeys("shop_ec.pem");
        assertThat(plan.refused())
                .extracting(r -> r.why())
                .contains("there is no certificate with its key in the Secret rsa");
    }

    @Test
    void nothingOfAManifestIsMoreThanAName() throws IOException {
        var plan = Scenes.plan("injection");
        var config = config(plan);
        assertThat(config.text()).doesNotContain("evil");
        assertThat(plan.refused()).isNotEmpty();
        check(config);
    }

    private Config config(Plan plan) {
        return Configs.of(
                plan,
                new Settings(
                        folder.resolve("s").toString(),
                        0,
                        "127.0.0.1:5514",
                        folder.toString(),
                        1000,
                        1024));
    }

    /// Without what is the same in all, and without the folder.
    private String shown(Config config) {
        var text = config.text().replace(folder.toString(), "FOLDER");
        return text.substring(text.indexOf("\n\n", text.indexOf("defaults http")) + 2);
    }

    private void check(Config config) throws IOException {
        Tool.assumeInstalled("haproxy");
        for (var file : config.files().entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        var path = Files.writeString(folder.resolve("haproxy.cfg"), config.text());
        Tool.run("haproxy", "-c", "-q", "-f", path.toString());
    }

    /// As people make them, with keys in the older forms, too.
    private Secret pair(String name, String header) throws IOException {
        Tool.assumeInstalled("openssl");
        var key = folder.resolve(name + ".key");
        if (header.equals("EC")) {
            Tool.run(
                    "openssl",
                    "ecparam",
                    "-name",
                    "prime256v1",
                    "-genkey",
                    "-noout",
                    "-out",
                    key.toString());
        } else {
            Tool.run("openssl", "genrsa", "-traditional", "-out", key.toString(), "2048");
        }
        var certificate = folder.resolve(name + ".crt");
        Tool.run(
                "openssl",
                "req",
                "-new",
                "-x509",
                "-key",
                key.toString(),
                "-subj",
                "/CN=" + name,
                "-days",
                "30",
                "-out",
                certificate.toString());
        assertThat(Files.readString(key)).startsWith("-----BEGIN " + header + " PRIVATE KEY");
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withUid(name)
                .withResourceVersion("" + Files.readString(key).hashCode())
                .endMetadata()
                .withType("kubernetes.io/tls")
                .addToData("tls.crt", base64(certificate))
                .addToData("tls.key", base64(key))
                .build();
    }

    private static String base64(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }
}
