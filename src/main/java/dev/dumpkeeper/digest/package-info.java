/**
 * Notifies people of new dumps, in pages for the group robot, and reports once a day what
 * became of all dumps.
 */
@NullMarked
package dev.dumpkeeper.digest;

import org.jspecify.annotations.NullMarked;
