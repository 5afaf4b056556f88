/**
 * Dumpkeeper: looks after the JuiceFS volume that JVMs write their heap dumps to. The way
 * of the data begins in {@link dev.dumpkeeper.runs}.
 */
@NullMarked
package dev.dumpkeeper;

import org.jspecify.annotations.NullMarked;
