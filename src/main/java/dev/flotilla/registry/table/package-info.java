/// Tables as kubectl prints them: columns, and what a cell says.
@NullMarked
package dev.flotilla.registry.table;

import org.jspecify.annotations.NullMarked;
