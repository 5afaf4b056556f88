/**
 * Decides what stays and why: maintains markers, turns a scan into an immutable plan of
 * what expires, applies the brakes to the plan and sweeps it, with an outcome for each
 * object.
 */
@NullMarked
package dev.dumpkeeper.retention;

import org.jspecify.annotations.NullMarked;
