/**
 * JuiceFS's metadata database, read only: where it is, and what it knows of paths that
 * the gateway does not show.
 */
@NullMarked
package dev.dumpkeeper.metadata;

import org.jspecify.annotations.NullMarked;
