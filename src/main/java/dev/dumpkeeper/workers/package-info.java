/**
 * Spreads the partitions of a run over the processes that are there: the one that manages
 * the run offers them, every service takes some, and a fence keeps out whoever was
 * thought dead.
 */
@NullMarked
package dev.dumpkeeper.workers;

import org.jspecify.annotations.NullMarked;
