/**
 * Forecasts the use of a volume. Pure computation, independent of other packages and of
 * any framework.
 */
@NullMarked
package dev.dumpkeeper.capacity.forecast;

import org.jspecify.annotations.NullMarked;
