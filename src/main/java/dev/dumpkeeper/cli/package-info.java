/**
 * The command line: one class for each command.
 */
@NullMarked
package dev.dumpkeeper.cli;

import org.jspecify.annotations.NullMarked;
