import java.io.IOException;
import java.io.PrintStream;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.GZIPOutputStream;

/// Run by the build: takes what Kubernetes says of each of its types and fields out of the
/// annotations of `io.kubernetes:client-java-api`, so that `kubectl explain` can say it too.
/// Neither the texts nor that library are part of this repository.
///
/// Arguments: the library's jar, and the file to write. It is packed; a line is a type and what is
/// said of it, and below it, after a tab, a field and what is said of that, each after a tab.
public final class Descriptions {
    private static final String MODELS = "io/kubernetes/client/openapi/models/";

    private Descriptions() {}

    public static void main(String[] args) throws IOException {
        var jar = Path.of(args[0]);
        var file = Path.of(args[1]);
        if (Files.exists(file)
                && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) >= 0) {
            return;
        }
        Files.createDirectories(file.getParent());
        try (var classes = new JarFile(jar.toFile());
                var out =
                        new PrintStream(
                                new GZIPOutputStream(Files.newOutputStream(file)),
                                false,
                                StandardCharsets.UTF_8)) {
            var names =
                    classes.stream()
                            .map(e -> e.getName())
                            .filter(n -> n.startsWith(MODELS) && n.endsWith(".class"))
                            .filter(n -> !n.contains("$"))
                            .sorted()
                            .toList();
            for (var name : names) {
                try (var in = classes.getInputStream(classes.getEntry(name))) {
                    write(ClassFile.of().parse(in.readAllBytes()), out);
                }
            }
        }
    }

    private static void write(ClassModel model, PrintStream out) {
        var fields = new TreeMap<String, String>();
        for (var method : model.methods()) {
            said(method, "value").ifPresent(text -> fields.put(property(method), text));
        }
        if (!fields.isEmpty()) {
            var name = model.thisClass().asInternalName().substring(MODELS.length());
            out.print(name + "\t" + said(model, "description").orElse("") + "\n");
            fields.forEach((field, text) -> out.print("\t" + field + "\t" + text + "\n"));
        }
    }

    private static String property(MethodModel getter) {
        var name = getter.methodName().stringValue().replaceFirst("^(get|is)", "");
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static Optional<String> said(AttributedElement element, String by) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations())
                .flatMap(
                        all ->
                                all.annotations().stream()
                                        .filter(
                                                a ->
                                                        a.className()
                                                                .stringValue()
                                                                .contains("/swagger/"))
                                        .flatMap(a -> a.elements().stream())
                                        .filter(e -> e.name().equalsString(by))
                                        .map(e -> e.value())
                                        .filter(AnnotationValue.OfString.class::isInstance)
                                        .map(v -> ((AnnotationValue.OfString) v).stringValue())
                                        .findFirst())
                .map(text -> text.replace("\t", " ").replace("\n", "\\n").replace("\r", ""));
    }
}
