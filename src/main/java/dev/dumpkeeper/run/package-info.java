/**
 * The vocabulary of one execution: its identity, its start, its mode, and whether it was
 * requested to stop.
 */
@NullMarked
package dev.dumpkeeper.run;

import org.jspecify.annotations.NullMarked;
