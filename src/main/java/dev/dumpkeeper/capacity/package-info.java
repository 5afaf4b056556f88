/**
 * Warns of volumes that are about to be full: determines their capacity from several
 * sources, forecasts their use and decides when to notify people.
 */
@NullMarked
package dev.dumpkeeper.capacity;

import org.jspecify.annotations.NullMarked;
