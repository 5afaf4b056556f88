/**
 * The pages that people look at, on the application port under {@code /console}. It reads
 * through the other rooms and writes through runs and holds; nobody uses it.
 */
@NullMarked
package dev.dumpkeeper.console;

import org.jspecify.annotations.NullMarked;
