/**
 * One walk over each volume in a run: a stream in key order that several visitors watch,
 * and the judgement whether what was listed can be trusted.
 */
@NullMarked
package dev.dumpkeeper.scan;

import org.jspecify.annotations.NullMarked;
