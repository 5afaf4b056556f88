/**
 * The command line: one class a command.
 */
@NullMarked
package dev.dumpkeeper.cli;

import org.jspecify.annotations.NullMarked;
