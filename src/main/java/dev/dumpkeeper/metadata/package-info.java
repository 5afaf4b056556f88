/**
 * Read-only access to JuiceFS's metadata database, and the paths in it that the gateway
 * does not show.
 */
@NullMarked
package dev.dumpkeeper.metadata;

import org.jspecify.annotations.NullMarked;
