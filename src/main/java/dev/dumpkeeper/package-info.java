/**
 * Dumpkeeper manages the JuiceFS volume to which JVMs write their heap dumps. The flow of
 * data starts in {@link dev.dumpkeeper.runs}.
 */
@NullMarked
package dev.dumpkeeper;

import org.jspecify.annotations.NullMarked;
