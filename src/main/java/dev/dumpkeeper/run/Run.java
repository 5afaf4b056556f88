package dev.dumpkeeper.run;

import java.time.Instant;

/**
 * One execution of a job. It keeps its identity and its {@code now} when it is continued
 * after a crash, so that a cutoff computed from it does not move.
 *
 * @param id identifies the run in every table
 * @param now the instant at which all ages in this run are measured
 * @param dryRun whether the gateway must not be changed: the run then ends after its plan
 * is stored
 */
public record Run(long id, Instant now, boolean dryRun) {

}
