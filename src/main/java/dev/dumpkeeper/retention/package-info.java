/**
 * Who stays and why: keeps the marker, turns a scan into an immutable plan of what
 * expires, judges the plan by the brakes and sweeps it, with a result for each object.
 */
@NullMarked
package dev.dumpkeeper.retention;

import org.jspecify.annotations.NullMarked;
