/**
 * Measures usage: bytes and objects of each volume and of each directory directly below
 * it, with their history.
 */
@NullMarked
package dev.dumpkeeper.usage;

import org.jspecify.annotations.NullMarked;
