package dev.flotilla.traffic.ingress;

import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.traffic.plan.Gate.Certificate;
import dev.flotilla.traffic.plan.Picture;
import dev.flotilla.traffic.plan.Words;
import dev.flotilla.traffic.service.Taken;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which certificate is shown for which host, and for which of them plain requests are sent to
/// HTTPS.
final class HostCertificates {
    private final Map<ObjectKey, Secret> secrets = new HashMap<>();
    private final Certificates certificates;
    private final Taken taken;
    private final SortedMap<String, String> pems = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> hosts = new TreeMap<>();
    private final SortedSet<String> secured = new TreeSet<>();

    HostCertificates(Picture picture, Certificates certificates, Taken taken) {
        picture.secrets().forEach(s -> secrets.put(ObjectKey.of(s), s));
        this.certificates = certificates;
        this.taken = taken;
    }

    void add(Ingress ingress, String who) {
        var notes = ingress.getMetadata().getAnnotations();
        boolean redirect = notes == null || !"false".equals(notes.get(Marks.HTTPS_REDIRECT));
        for (var tls : ingress.getSpec().getTls()) {
            add(ObjectKey.of(ingress).namespace(), tls, redirect, who);
        }
    }

    private void add(String namespace, IngressTLS tls, boolean redirect, String who) {
        var name = tls.getSecretName();
        if (!Words.label(namespace) || !Words.name(name)) {
            taken.refuse(who, "it names no Secret for its certificate");
            return;
        }
        var secret = secrets.get(new ObjectKey(namespace, name));
        var pem = secret == null ? null : certificates.pem(secret).orElse(null);
        if (pem == null) {
            taken.refuse(who, "there is no certificate with its key in the Secret " + name);
            return;
        }
        var asked =
                tls.getHosts().stream()
                        .filter(h -> Words.name(h.startsWith("*.") ? h.substring(2) : h))
                        .toList();
        var file = namespace + "_" + name + ".pem";
        pems.put(file, pem);
        hosts.computeIfAbsent(file, _ -> new TreeSet<>()).addAll(asked);
        if (redirect) {
            secured.addAll(asked);
        }
    }

    List<String> secured() {
        return List.copyOf(secured);
    }

    SortedMap<String, Certificate> files() {
        var files = new TreeMap<String, Certificate>();
        pems.forEach(
                (file, pem) ->
                        files.put(
                                file,
                                new Certificate(
                                        pem,
                                        List.copyOf(hosts.getOrDefault(file, new TreeSet<>())))));
        return files;
    }
}
