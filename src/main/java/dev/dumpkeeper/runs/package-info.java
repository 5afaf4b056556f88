/**
 * Runs the jobs: one at a time under a lease, by the command line, by a schedule or by a
 * request; stopped, continued and reported. Between runs it looks for new dumps.
 */
@NullMarked
package dev.dumpkeeper.runs;

import org.jspecify.annotations.NullMarked;
