/**
 * Lists each volume once a run, as a stream in key order for several visitors, and
 * decides whether the listing can be trusted.
 */
@NullMarked
package dev.dumpkeeper.scan;

import org.jspecify.annotations.NullMarked;
