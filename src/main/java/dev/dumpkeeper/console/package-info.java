/**
 * The pages for people, on the application port under {@code /console}. Reads through the
 * other rooms and writes through runs and holds; no room uses it.
 */
@NullMarked
package dev.dumpkeeper.console;

import org.jspecify.annotations.NullMarked;
