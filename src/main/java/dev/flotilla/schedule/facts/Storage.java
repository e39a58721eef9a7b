package dev.flotilla.schedule.facts;

import dev.flotilla.model.ObjectKey;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// Claims, volumes and classes of storage by name, and the handlers of classes of runtimes. Not
/// safe for threads by itself.
public final class Storage {
    private final Map<ObjectKey, ClaimView> claims;
    private final Map<String, VolumeView> volumes;
    private final Map<String, ClassView> classes;
    private final Map<String, String> handlers;

    public Storage() {
        claims = new TreeMap<>();
        volumes = new TreeMap<>();
        classes = new TreeMap<>();
        handlers = new TreeMap<>();
    }

    private Storage(Storage other) {
        claims = new TreeMap<>(other.claims);
        volumes = new TreeMap<>(other.volumes);
        classes = new TreeMap<>(other.classes);
        handlers = new TreeMap<>(other.handlers);
    }

    public Storage copy() {
        return new Storage(this);
    }

    /// @return whether anything changed
    public boolean put(ClaimView claim) {
        return !claim.equals(claims.put(claim.key(), claim));
    }

    /// @return whether anything changed
    public boolean put(VolumeView volume) {
        return !volume.equals(volumes.put(volume.name(), volume));
    }

    /// @return whether anything changed
    public boolean put(ClassView type) {
        return !type.equals(classes.put(type.name(), type));
    }

    /// @param handler what engines call the runtime of that RuntimeClass
    /// @return whether anything changed
    public boolean put(String runtimeClass, String handler) {
        return !handler.equals(handlers.put(runtimeClass, handler));
    }

    public void removeRuntimeClass(String name) {
        handlers.remove(name);
    }

    /// The handler of a RuntimeClass; null if there is no such class.
    public @Nullable String handler(String runtimeClass) {
        return handlers.get(runtimeClass);
    }

    public void removeClaim(ObjectKey key) {
        claims.remove(key);
    }

    public void removeVolume(String name) {
        volumes.remove(name);
    }

    public void removeClass(String name) {
        classes.remove(name);
    }

    public @Nullable ClaimView claim(ObjectKey key) {
        return claims.get(key);
    }

    public @Nullable VolumeView volume(String name) {
        return volumes.get(name);
    }

    public @Nullable ClassView type(String name) {
        return classes.get(name);
    }

    public Collection<VolumeView> volumes() {
        return volumes.values();
    }
}
