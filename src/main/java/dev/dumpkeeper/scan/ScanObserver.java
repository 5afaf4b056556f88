package dev.dumpkeeper.scan;

import java.util.Optional;

import dev.dumpkeeper.run.Run;

/**
 * Receives the listings of a run.
 */
public interface ScanObserver {

	/**
	 * Joins the listing of a volume. A run that is continued after a crash lists the
	 * volume again, so the observer drops what an earlier visitor of the same run and
	 * volume stored.
	 * @param run the run
	 * @param volume the volume's name
	 * @return a visitor, or empty when this run does not need one
	 */
	Optional<ScanVisitor> join(Run run, String volume);

}
