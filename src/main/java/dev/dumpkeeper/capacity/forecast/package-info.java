/**
 * Forecasts the use of a volume. Plain computation: it knows no other room and no
 * framework.
 */
@NullMarked
package dev.dumpkeeper.capacity.forecast;

import org.jspecify.annotations.NullMarked;
