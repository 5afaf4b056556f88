/**
 * Reads heap dumps: whether one is complete and when and why it was made, from a few
 * small ranges of the file, and the content of its heap from a complete reading.
 */
@NullMarked
package dev.dumpkeeper.hprof;

import org.jspecify.annotations.NullMarked;
