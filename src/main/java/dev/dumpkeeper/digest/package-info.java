/**
 * Tells people, in pages for the group robot, of the dumps that nobody was told about,
 * and once a day what became of them all.
 */
@NullMarked
package dev.dumpkeeper.digest;

import org.jspecify.annotations.NullMarked;
