/**
 * Runs the jobs: one at a time under a lease, from the command line, a schedule or a
 * request; stops, continues and reports them. Polls for new dumps between runs.
 */
@NullMarked
package dev.dumpkeeper.runs;

import org.jspecify.annotations.NullMarked;
