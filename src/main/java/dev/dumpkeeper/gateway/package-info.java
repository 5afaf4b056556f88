/**
 * The only speaker of S3: lists, looks at, reads, writes, deletes and signs objects of a
 * volume behind JuiceFS's S3 gateway, and names each failure.
 */
@NullMarked
package dev.dumpkeeper.gateway;

import org.jspecify.annotations.NullMarked;
