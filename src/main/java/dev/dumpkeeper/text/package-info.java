/**
 * Bounds what others send and makes it safe to show.
 */
@NullMarked
package dev.dumpkeeper.text;

import org.jspecify.annotations.NullMarked;
