/**
 * Tests of the script that the JVM runs after an OutOfMemoryError.
 */
@NullMarked
package dev.dumpkeeper.notifier;

import org.jspecify.annotations.NullMarked;
