/**
 * Runs the rooms: jobs and their order, one run at a time, stop and resume, the command
 * line, exit codes and the report.
 */
@NullMarked
package dev.dumpkeeper.maintenance;

import org.jspecify.annotations.NullMarked;
