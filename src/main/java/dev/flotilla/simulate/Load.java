package dev.flotilla.simulate;

import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.PodLabels;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/// The believable load of one container: slow waves that all replicas of an app share, each a
/// little off, with noise on top, and memory that creeps up and is collected again.
///
/// Pure: the same container shows the same load at the same time.
final class Load {
    private static final double MIB = 1 << 20;

    private final double idleMillis;
    private final double waveMillis;
    private final double period;
    private final double phase;
    private final double ceilingMillis;
    private final double memoryFloor;
    private final double memoryClimb;
    private final double climbSeconds;
    private final long noise;

    Load(ContainerSpec spec) {
        var app = new SplittableRandom(app(spec).hashCode() * 0x9E3779B97F4A7C15L);
        var own = new SplittableRandom(spec.name().hashCode() * 0xBF58476D1CE4E5B9L);
        double asked =
                spec.limits().cpuShares() > 0 ? spec.limits().cpuShares() * 1000.0 / 1024 : 120;
        idleMillis = asked * (0.05 + 0.15 * app.nextDouble());
        waveMillis = asked * (0.2 + 0.6 * app.nextDouble());
        period = 45 + 200 * app.nextDouble();
        phase = 2 * Math.PI * (app.nextDouble() + 0.06 * own.nextDouble());
        ceilingMillis =
                spec.limits().cpuMillis() > 0 ? spec.limits().cpuMillis() : Double.MAX_VALUE;
        double roof =
                spec.limits().memoryBytes() > 0 ? spec.limits().memoryBytes() * 0.8 : 400 * MIB;
        memoryFloor = Math.min(roof * 0.7, (18 + 90 * app.nextDouble()) * MIB);
        memoryClimb = (roof - memoryFloor) * (0.1 + 0.4 * app.nextDouble());
        climbSeconds = 90 + 400 * app.nextDouble() + 40 * own.nextDouble();
        noise = own.nextLong();
    }

    /// Thousandths of one core that it takes at a moment.
    double cpuMillis(Instant at) {
        double t = at.toEpochMilli() / 1000.0;
        double wave = 0.5 + 0.5 * Math.sin(2 * Math.PI * t / period + phase);
        double ripple = 0.5 + 0.5 * Math.sin(2 * Math.PI * t / (period * 0.23) + 2 * phase);
        double shape = 0.75 * wave * wave + 0.25 * ripple;
        double jitter = 0.8 + 0.4 * noiseAt(Math.floorDiv(at.toEpochMilli(), 1000));
        return Math.min(ceilingMillis, (idleMillis + waveMillis * shape) * jitter);
    }

    /// The working set after it has run for a while.
    long memoryBytes(Duration running) {
        double t = running.toMillis() / 1000.0;
        double warm = 1 - Math.exp(-t / 8);
        double climb = t % climbSeconds / climbSeconds;
        return (long) (memoryFloor * (0.4 + 0.6 * warm) + memoryClimb * climb);
    }

    /// Pods of one Deployment are named `app-hash-random`; the image tells other things apart.
    private static String app(ContainerSpec spec) {
        var pod = spec.labels().getOrDefault(PodLabels.NAME, spec.name());
        var owner = pod.replaceFirst("(?:-[a-z0-9]{8,10})?-[a-z0-9]{5}$", "");
        return owner + "/" + spec.labels().getOrDefault(PodLabels.CONTAINER, "") + spec.image();
    }

    /// 0 to 1, the same for the same second.
    private double noiseAt(long second) {
        long z = noise + second * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
