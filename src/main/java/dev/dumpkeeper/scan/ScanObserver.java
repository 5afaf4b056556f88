package dev.dumpkeeper.scan;

import java.util.Optional;

import dev.dumpkeeper.run.Run;

/**
 * Takes part in scans.
 */
public interface ScanObserver {

	/**
	 * Joins the walk over a volume. When a run is continued after a crash the walk starts
	 * again, and what an earlier visitor of the same run and volume stored has to be
	 * dropped here.
	 * @param run the run
	 * @param volume the volume's name
	 * @return a visitor, or empty when this run does not need one
	 */
	Optional<ScanVisitor> join(Run run, String volume);

}
