package dev.flotilla.bench;

import dev.flotilla.lab.Master;

import tools.jackson.dataformat.yaml.YAMLMapper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// An API server to measure.
///
/// @param name for the report
/// @param pids of its processes, that of what it stores with included
record Target(String name, URI server, String token, SSLContext tls, List<Long> pids) {
    static Target of(Master master) throws IOException, GeneralSecurityException {
        return of(master.kubeconfig(), List.of(master.pid()));
    }

    static Target of(Path kubeconfig, List<Long> pids)
            throws IOException, GeneralSecurityException {
        var config = new YAMLMapper().readTree(kubeconfig.toFile());
        var cluster = config.at("/clusters/0/cluster");
        return new Target(
                "flotilla",
                URI.create(cluster.at("/server").stringValue()),
                config.at("/users/0/user/token").stringValue(),
                trusting(cluster.at("/certificate-authority-data").binaryValue()),
                pids);
    }

    /// @param certificates in PEM
    static SSLContext trusting(byte[] certificates) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        int number = 0;
        for (var each :
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(certificates))) {
            trusted.setCertificateEntry("ca" + number++, each);
        }
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    Line line() throws IOException {
        return new Line(tls, server, token);
    }

    /// CPU of the server so far, in microseconds.
    long cpuMicros() {
        return pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToLong(spent -> spent.toNanos() / 1_000)
                .sum();
    }
}
