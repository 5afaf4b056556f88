package dev.dumpkeeper.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.HistoryCleanup;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.ScanObserver;
import dev.dumpkeeper.scan.ScanVisitor;

/**
 * Measures usage in every scan and stores it.
 */
public final class VolumeUsage implements ScanObserver, HistoryCleanup {

	private static final Duration KNOWN_FOR = Duration.ofDays(7);

	private final DirectoryUsageRepository repository;

	private final boolean linksUnseen;

	private long seenBy;

	private SeenFiles seen = new SeenFiles();

	VolumeUsage(DirectoryUsageRepository repository, PathTrust paths) {
		this.repository = repository;
		this.linksUnseen = paths == PathTrust.UNKNOWN;
	}

	@Override
	public Optional<ScanVisitor> join(Run run, String volume) {
		return Optional.of(new UsageMeter(this.repository, run, volume, this.linksUnseen ? seenIn(run) : null));
	}

	/** Shared by all volumes of a run, as a link may lead from one to another. */
	private synchronized SeenFiles seenIn(Run run) {
		if (this.seenBy != run.id()) {
			this.seenBy = run.id();
			this.seen = new SeenFiles();
		}
		return this.seen;
	}

	/**
	 * Returns the last measurement of each whole volume, without volumes that were not
	 * measured for a week.
	 * @param at only measurements until then count
	 * @return by volume
	 */
	public List<DirectoryUsage> latest(Instant at) {
		return this.repository.findLatest(at, at.minus(KNOWN_FOR));
	}

	/**
	 * Returns the last measurement of a whole volume until an instant.
	 * @param volume the volume
	 * @param at the instant
	 * @return the measurement, or empty if there is none
	 */
	public Optional<DirectoryUsage> lastBefore(String volume, Instant at) {
		return this.repository.findLastBefore(volume, at);
	}

	/**
	 * Returns all measurements of a whole volume in a period.
	 * @param volume the volume
	 * @param since only later ones
	 * @param at the last instant that counts
	 * @return the oldest first
	 */
	public List<DirectoryUsage> history(String volume, Instant since, Instant at) {
		return this.repository.findHistory(volume, since, at);
	}

	/**
	 * Removes old measurements.
	 * @param before measurements made earlier are removed
	 */
	@Override
	public void forget(Instant before) {
		this.repository.deleteMeasuredBefore(before);
	}

}
