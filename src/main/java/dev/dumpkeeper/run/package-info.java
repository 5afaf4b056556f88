/**
 * The vocabulary of one execution: who runs, since when, in which mode, and whether it
 * has been asked to stop.
 */
@NullMarked
package dev.dumpkeeper.run;

import org.jspecify.annotations.NullMarked;
