package dev.flotilla.node.pressure;

import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;

/// What a node may run short of, in Kubernetes' words, in the order in which nodes tell them.
public enum Pressure {
    MEMORY(
            "MemoryPressure",
            "KubeletHasInsufficientMemory",
            "kubelet has insufficient memory available",
            "KubeletHasSufficientMemory",
            "kubelet has sufficient memory available",
            "node.kubernetes.io/memory-pressure"),
    DISK(
            "DiskPressure",
            "KubeletHasDiskPressure",
            "kubelet has disk pressure",
            "KubeletHasNoDiskPressure",
            "kubelet has no disk pressure",
            "node.kubernetes.io/disk-pressure"),
    PID(
            "PIDPressure",
            "KubeletHasInsufficientPID",
            "kubelet has insufficient PID available",
            "KubeletHasSufficientPID",
            "kubelet has sufficient PID available",
            "node.kubernetes.io/pid-pressure");

    private final String condition;
    private final String badReason;
    private final String badMessage;
    private final String goodReason;
    private final String goodMessage;
    private final String taint;

    Pressure(
            String condition,
            String badReason,
            String badMessage,
            String goodReason,
            String goodMessage,
            String taint) {
        this.condition = condition;
        this.badReason = badReason;
        this.badMessage = badMessage;
        this.goodReason = goodReason;
        this.goodMessage = goodMessage;
        this.taint = taint;
    }

    /// The type of the Node's condition.
    public String condition() {
        return condition;
    }

    /// The key of the taint that keeps pods away.
    public String taintKey() {
        return taint;
    }

    Taint taint() {
        return new TaintBuilder().withKey(taint).withEffect("NoSchedule").build();
    }

    /// The Node's condition without times.
    NodeCondition told(boolean present) {
        return new NodeConditionBuilder()
                .withType(condition)
                .withStatus(present ? "True" : "False")
                .withReason(present ? badReason : goodReason)
                .withMessage(present ? badMessage : goodMessage)
                .build();
    }

    /// The same of a node that nobody hears from.
    NodeCondition unknown() {
        return new NodeConditionBuilder()
                .withType(condition)
                .withStatus("Unknown")
                .withReason("NodeStatusUnknown")
                .withMessage("Kubelet stopped posting node status.")
                .build();
    }
}
