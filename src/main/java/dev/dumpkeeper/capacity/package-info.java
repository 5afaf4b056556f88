/**
 * Whether a volume is about to be full: where its capacity is known from, how full it
 * will be, and when people have to hear of it.
 */
@NullMarked
package dev.dumpkeeper.capacity;

import org.jspecify.annotations.NullMarked;
