/**
 * The only package that uses S3: lists, checks, reads, writes, deletes and signs objects
 * of a volume behind JuiceFS's S3 gateway, and classifies each failure.
 */
@NullMarked
package dev.dumpkeeper.gateway;

import org.jspecify.annotations.NullMarked;
