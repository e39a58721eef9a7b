package dev.flotilla.node.plan;

import dev.flotilla.node.Shape;
import dev.flotilla.node.plan.ContainerSpecs.Host;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.stream.Collectors;

/// The downward API: what a container may know of its own pod.
final class Downward {
    private Downward() {}

    /// A field of the pod that stands in its object.
    ///
    /// @throws Environment.Missing if that can't be had
    static String field(String path, Pod pod) {
        var meta = pod.getMetadata();
        var account = pod.getSpec().getServiceAccountName();
        return switch (path) {
            case "metadata.name" -> meta.getName();
            case "metadata.namespace" -> meta.getNamespace();
            case "metadata.uid" -> meta.getUid();
            case "metadata.labels" -> lines(meta.getLabels());
            case "metadata.annotations" -> lines(meta.getAnnotations());
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "spec.serviceAccountName" -> account == null ? "default" : account;
            default -> entry(path, pod);
        };
    }

    /// A request or a limit, in units of the divisor, rounded up. Without a limit it is what the
    /// node has.
    ///
    /// @param container whose it is if the selector names no other
    static String resource(
            ResourceFieldSelector selector, Container container, Pod pod, Host host) {
        var name = selector.getContainerName();
        var whose =
                name == null || name.isEmpty()
                        ? container
                        : Shape.container(pod, name)
                                .orElseThrow(
                                        () ->
                                                new Environment.Missing(
                                                        "container " + name + " not found"));
        var amount = amount(selector.getResource(), whose, host);
        var divisor = selector.getDivisor();
        var by = divisor == null ? BigDecimal.ZERO : Quantity.getAmountInBytes(divisor);
        return amount.divide(by.signum() == 0 ? BigDecimal.ONE : by, 0, RoundingMode.CEILING)
                .toPlainString();
    }

    private static BigDecimal amount(String resource, Container container, Host host) {
        boolean limit = resource.startsWith("limits.");
        var asked = limit ? Share.limits(container) : Share.requests(container);
        return switch (resource) {
            case "limits.cpu", "requests.cpu" ->
                    BigDecimal.valueOf(
                                    limit && asked.cpuMillis() == 0
                                            ? host.cpuMillis()
                                            : asked.cpuMillis())
                            .movePointLeft(3);
            case "limits.memory", "requests.memory" ->
                    BigDecimal.valueOf(
                            limit && asked.memoryBytes() == 0
                                    ? host.memoryBytes()
                                    : asked.memoryBytes());
            default -> other(resource.replaceFirst("^[a-z]+\\.", ""), limit, container);
        };
    }

    private static BigDecimal other(String resource, boolean limit, Container container) {
        var resources = container.getResources();
        if (resources == null) {
            return BigDecimal.ZERO;
        }
        var all = limit ? resources.getLimits() : resources.getRequests();
        var quantity = all == null ? null : all.get(resource);
        return quantity == null ? BigDecimal.ZERO : Quantity.getAmountInBytes(quantity);
    }

    /// `metadata.labels['x']` and `metadata.annotations['x']`.
    private static String entry(String path, Pod pod) {
        if (path.endsWith("']")) {
            if (path.startsWith("metadata.labels['")) {
                return entry(pod.getMetadata().getLabels(), path);
            }
            if (path.startsWith("metadata.annotations['")) {
                return entry(pod.getMetadata().getAnnotations(), path);
            }
        }
        throw new Environment.Missing("fieldPath \"" + path + "\" is not one that this node knows");
    }

    private static String entry(@Nullable Map<String, String> map, String path) {
        var key = path.substring(path.indexOf("['") + 2, path.length() - 2);
        return map == null ? "" : map.getOrDefault(key, "");
    }

    /// `key="value"`, a line each, sorted; the value with escapes.
    private static String lines(@Nullable Map<String, String> map) {
        return map == null
                ? ""
                : map.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> e.getKey() + "=" + quoted(e.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                        .replace("\r", "\\r")
                + '"';
    }
}
