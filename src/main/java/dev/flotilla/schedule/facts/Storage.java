package dev.flotilla.schedule.facts;

import dev.flotilla.model.ObjectKey;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// Claims, volumes and classes of storage by name. Not safe for threads by itself.
public final class Storage {
    private final Map<ObjectKey, ClaimView> claims;
    private final Map<String, VolumeView> volumes;
    private final Map<String, ClassView> classes;

    public Storage() {
        claims = new TreeMap<>();
        volumes = new TreeMap<>();
        classes = new TreeMap<>();
    }

    private Storage(Storage other) {
        claims = new TreeMap<>(other.claims);
        volumes = new TreeMap<>(other.volumes);
        classes = new TreeMap<>(other.classes);
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
