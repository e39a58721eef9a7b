package dev.flotilla.registry.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.fabric8.kubernetes.api.model.AnyType;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.CustomResource;

import tools.jackson.databind.JsonNode;

import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The fields of the typed model's classes, read by reflection once a class.
public final class Models {
    private static final Set<String> TIMES = Set.of("startedAt", "finishedAt", "timeAdded", "time");
    private static final Set<String> BYTES = Set.of("Secret.data", "ConfigMap.binaryData");

    private final Map<Class<?>, SortedMap<String, Shape>> known = new ConcurrentHashMap<>();
    private final Zeros zeros = new Zeros();

    /// The fields of an object, by name.
    SortedMap<String, Shape> fields(Class<?> model) {
        return known.computeIfAbsent(model, Models::read);
    }

    Zeros zeros() {
        return zeros;
    }

    private static SortedMap<String, Shape> read(Class<?> model) {
        var fields = new TreeMap<String, Shape>();
        if (model.isRecord()) {
            for (var part : model.getRecordComponents()) {
                fields.put(part.getName(), shape(part.getGenericType(), model, part.getName()));
            }
        } else if (CustomResource.class.isAssignableFrom(model)) {
            var types = ((ParameterizedType) model.getGenericSuperclass()).getActualTypeArguments();
            fields.put("apiVersion", new Shape.Text());
            fields.put("kind", new Shape.Text());
            fields.put("metadata", new Shape.Fields(ObjectMeta.class));
            fields.put("spec", shape(types[0], model, "spec"));
            fields.put("status", shape(types[1], model, "status"));
        } else {
            Arrays.stream(model.getDeclaredFields())
                    .filter(f -> !Modifier.isStatic(f.getModifiers()))
                    .filter(f -> f.isAnnotationPresent(JsonProperty.class))
                    .forEach(
                            f -> {
                                var name = f.getAnnotation(JsonProperty.class).value();
                                fields.put(name, shape(f.getGenericType(), model, name));
                            });
        }
        return fields;
    }

    private static Shape shape(Type type, Class<?> within, String name) {
        if (type instanceof ParameterizedType generic) {
            var raw = (Class<?>) generic.getRawType();
            var arguments = generic.getActualTypeArguments();
            if (Collection.class.isAssignableFrom(raw)) {
                return new Shape.ListOf(shape(arguments[0], within, name));
            }
            if (Map.class.isAssignableFrom(raw)) {
                if (name.equals("disruptedPods")) {
                    return new Shape.MapOf(new Shape.Time(false));
                }
                return BYTES.contains(within.getSimpleName() + "." + name)
                        ? new Shape.MapOf(new Shape.Bytes())
                        : new Shape.MapOf(shape(arguments[1], within, name));
            }
            return new Shape.Anything();
        }
        return type instanceof Class<?> plain ? shape(plain, name) : new Shape.Anything();
    }

    private static Shape shape(Class<?> type, String name) {
        if (type == String.class) {
            return time(name) ? new Shape.Time(false) : new Shape.Text();
        }
        if (type == Integer.class || type == int.class) {
            return new Shape.Whole(32);
        }
        if (type == Long.class || type == long.class) {
            return new Shape.Whole(64);
        }
        if (type == Double.class || type == Float.class) {
            return new Shape.Real();
        }
        if (type == Boolean.class || type == boolean.class) {
            return new Shape.Truth();
        }
        if (type == Quantity.class) {
            return new Shape.Amount();
        }
        if (type == IntOrString.class) {
            return new Shape.IntOrText();
        }
        if (type == MicroTime.class || type == ZonedDateTime.class) {
            return new Shape.Time(true);
        }
        boolean open =
                type == Object.class
                        || type == KubernetesResource.class
                        || type.isInterface()
                        || JsonNode.class.isAssignableFrom(type)
                        || AnyType.class.isAssignableFrom(type)
                        || type.getPackageName().startsWith("java.")
                        || type.getSimpleName().equals("FieldsV1");
        return open ? new Shape.Anything() : new Shape.Fields(type);
    }

    /// The model keeps most times as strings; their names tell them.
    private static boolean time(String name) {
        return name.endsWith("Timestamp") || name.endsWith("Time") || TIMES.contains(name);
    }
}
