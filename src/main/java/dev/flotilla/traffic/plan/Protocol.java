package dev.flotilla.traffic.plan;

public enum Protocol {
    TCP,
    UDP
}
