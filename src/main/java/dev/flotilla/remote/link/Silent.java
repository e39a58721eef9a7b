package dev.flotilla.remote.link;

import net.schmizz.sshj.common.LoggerFactory;

import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/// sshj tells the log what it also throws; what is thrown is enough.
final class Silent implements LoggerFactory {
    @Override
    public Logger getLogger(String name) {
        return NOPLogger.NOP_LOGGER;
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return NOPLogger.NOP_LOGGER;
    }
}
