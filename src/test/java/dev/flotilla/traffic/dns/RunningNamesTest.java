package dev.flotilla.traffic.dns;

import dev.flotilla.lab.Until;
import dev.flotilla.traffic.OwnAddress;
import dev.flotilla.traffic.Scenes;
import dev.flotilla.traffic.Tool;
import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Picture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;

import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;

/// Two real dnsmasqs answer as the files say, and hear of changes by themselves.
@Timeout(120)
class RunningNamesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    @Test
    void namesPortsAndAddresses() throws Exception {
        Tool.assumeInstalled("dnsmasq");
        var main = new At(OwnAddress.get(), OwnAddress.freePort());
        var settings =
                new DnsSettings(
                        "cluster.local",
                        main,
                        new At(OwnAddress.get(), OwnAddress.freePort()),
                        List.of(),
                        folder.toString());
        var files = names(Scenes.picture("names"), settings);
        Files.createDirectories(folder.resolve("hosts"));
        write(files);
        start("second.conf");
        start("main.conf");

        var domain = "default.svc.cluster.local";
        expect(main, "kubernetes." + domain, "A", "10.43.0.1");
        expect(main, "db." + domain, "A", "10.42.1.5", "10.42.2.5");
        expect(main, "db-0.db." + domain, "A", "10.42.1.5");
        expect(main, "10-42-1-9.shop.pod.cluster.local", "A", "10.42.1.9");
        expect(main, "inside." + domain, "CNAME", "kubernetes.default.svc.cluster.local.");
        expect(main, "5.1.42.10.in-addr.arpa", "PTR", "db-0.db." + domain + ".");
        expect(main, "1.0.43.10.in-addr.arpa", "PTR", "kubernetes." + domain + ".");
        expect(
                main,
                "_sql._tcp.db." + domain,
                "SRV",
                "0 0 5432 10-42-2-5.db." + domain + ".",
                "0 0 5432 db-0.db." + domain + ".");

        var next = names(Scenes.picture("inside"), settings).since(files);
        for (var name : next.removed()) {
            Files.delete(folder.resolve("hosts").resolve(name));
        }
        for (var file : next.written().entrySet()) {
            put(file.getKey(), file.getValue());
        }
        expect(main, "web." + domain, "A", "10.43.0.7");
        expect(main, "db." + domain, "A");
    }

    private static DnsFiles names(Picture picture, DnsSettings settings) {
        return Names.of(picture, List.of(new PodName("shop", "10.42.1.9")), settings);
    }

    private void write(DnsFiles files) throws IOException {
        Files.writeString(folder.resolve("main.conf"), files.main());
        Files.writeString(folder.resolve("second.conf"), files.second());
        Files.writeString(folder.resolve("forward"), files.forward());
        for (var file : files.hosts().entrySet()) {
            put(file.getKey(), file.getValue());
        }
    }

    private void put(String name, String text) throws IOException {
        var file = Files.writeString(folder.resolve(name + ".new"), text);
        Files.move(file, folder.resolve("hosts").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void start(String configuration) throws IOException {
        var process =
                new ProcessBuilder("dnsmasq", "-k", "-C", folder.resolve(configuration).toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(configuration + ".said").toFile())
                        .start();
        open.add(() -> process.destroyForcibly().waitFor());
    }

    /// In time; nothing for no such name.
    private static void expect(At server, String name, String type, String... answers) {
        Until.seen(
                type + " of " + name,
                LIMIT,
                () -> answers(server, name, type),
                seen -> seen.equals(List.of(answers)));
    }

    /// The JDK's own way to ask a name server; the only one it asks is the test's.
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private static List<String> answers(At server, String name, String type) {
        var environment = new Hashtable<String, String>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, "dns://" + server);
        try {
            var found = new InitialDirContext(environment).getAttributes(name, new String[] {type});
            var attribute = found.get(type);
            var answers = new ArrayList<String>();
            for (int i = 0; attribute != null && i < attribute.size(); i++) {
                answers.add(String.valueOf(attribute.get(i)));
            }
            Collections.sort(answers);
            return answers;
        } catch (NamingException e) {
            return List.of();
        }
    }
}
