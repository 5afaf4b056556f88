/**
 * How much lies where: bytes and objects of each volume and of each directory directly
 * below it, measured by the scan and kept as history.
 */
@NullMarked
package dev.dumpkeeper.usage;

import org.jspecify.annotations.NullMarked;
