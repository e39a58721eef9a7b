package dev.flotilla.server.measure;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/// All of `/metrics`.
///
/// @param openWatches how many there are now
/// @param revision the store's last
/// @param waiting requests that wait for their turn
/// @param rejected requests sent away because too many waited
/// @param auditLost requests that the audit log could not take
public record Measurements(
        Tally tally,
        LongSupplier openWatches,
        LongSupplier revision,
        LongSupplier waiting,
        LongSupplier rejected,
        LongSupplier auditLost) {

    public String text() {
        var out = new Metrics();
        tally.write(out);
        out.gauge("flotilla_open_watches", "Watches that are open now.", openWatches.getAsLong());
        out.gauge("flotilla_store_revision", "The store's last revision.", revision.getAsLong());
        out.gauge(
                "apiserver_flowcontrol_current_inqueue_requests",
                "Requests that wait for their turn.",
                waiting.getAsLong());
        out.counter(
                "apiserver_flowcontrol_rejected_requests_total",
                "Requests sent away because too many of their asker waited.",
                rejected.getAsLong());
        out.counter(
                "apiserver_audit_error_total",
                "Requests that the audit log could not take.",
                auditLost.getAsLong());
        process(out);
        return out.toString();
    }

    private static void process(Metrics out) {
        var memory = ManagementFactory.getMemoryMXBean();
        out.gauge(
                "jvm_memory_used_bytes",
                "Memory that objects take.",
                memory.getHeapMemoryUsage().getUsed());
        out.gauge(
                "jvm_threads_current",
                "Platform threads.",
                ManagementFactory.getThreadMXBean().getThreadCount());
        out.gauge(
                "process_start_time_seconds",
                "When the process began, since 1970.",
                (double) ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system) {
            out.counter(
                    "process_cpu_seconds_total",
                    "Processor time taken.",
                    (double) system.getProcessCpuTime() / 1e9);
            out.gauge(
                    "process_virtual_memory_bytes",
                    "Address space taken.",
                    system.getCommittedVirtualMemorySize());
        }
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
            out.gauge(
                    "process_open_fds",
                    "Files and sockets open.",
                    unix.getOpenFileDescriptorCount());
            out.gauge(
                    "process_max_fds",
                    "Files and sockets that may be open.",
                    unix.getMaxFileDescriptorCount());
        }
    }
}
