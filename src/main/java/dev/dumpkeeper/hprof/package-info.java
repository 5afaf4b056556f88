/**
 * What a heap dump tells about itself: whether it is whole and when it was begun, found
 * in a few small ranges of the file.
 */
@NullMarked
package dev.dumpkeeper.hprof;

import org.jspecify.annotations.NullMarked;
