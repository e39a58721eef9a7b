package dev.flotilla.traffic.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A whole configuration.
public final class Config {
    private final List<Section> sections;
    private final SortedMap<String, String> files;

    Config(List<Section> sections, SortedMap<String, String> files) {
        this.sections = List.copyOf(sections);
        this.files = new TreeMap<>(files);
    }

    /// The file that the proxy is started with.
    public String text() {
        return String.join("\n", sections.stream().map(Section::text).toList());
    }

    /// The others that it reads, by their paths below its folder. They hold keys.
    public SortedMap<String, String> files() {
        return new TreeMap<>(files);
    }

    List<Section> sections() {
        return sections;
    }

    /// Whether the proxy must read it anew to come here from `before`.
    boolean reshaped(Config before) {
        return !files.equals(before.files) || !shape().equals(before.shape());
    }

    private List<Section> shape() {
        var shape = new ArrayList<Section>();
        sections.forEach(s -> shape.add(s.shape()));
        return shape;
    }
}
