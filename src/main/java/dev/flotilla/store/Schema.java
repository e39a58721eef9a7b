package dev.flotilla.store;

import java.util.List;

/// The tables, and the number that changes when they do.
final class Schema {
    static final int VERSION = 1;

    static final List<String> TABLES =
            List.of(
                    """
                    CREATE TABLE IF NOT EXISTS log (
                        revision BIGINT PRIMARY KEY,
                        name VARCHAR NOT NULL,
                        previous BIGINT NOT NULL,
                        created BIGINT NOT NULL,
                        deleted BOOLEAN NOT NULL,
                        time BIGINT NOT NULL,
                        sealed BOOLEAN NOT NULL,
                        body VARBINARY NOT NULL)
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS base (
                        name VARCHAR PRIMARY KEY,
                        revision BIGINT NOT NULL)
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS facts (
                        name VARCHAR PRIMARY KEY,
                        number BIGINT NOT NULL)
                    """);

    private Schema() {}
}
