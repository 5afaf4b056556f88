package dev.dumpkeeper.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.dumpkeeper.gateway.DumpGateway;
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

	private final DumpGateway gateway;

	private long seenBy;

	private SeenFiles seen = new SeenFiles();

	VolumeUsage(DirectoryUsageRepository repository, DumpGateway gateway) {
		this.repository = repository;
		this.gateway = gateway;
	}

	@Override
	public Optional<ScanVisitor> join(Run run, String volume) {
		boolean linksUnseen = this.gateway.pathTrust(volume) == PathTrust.UNKNOWN;
		return Optional.of(new UsageMeter(this.repository, run, volume, linksUnseen ? seenIn(run) : null));
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
	 * Returns the directories of a volume as a run measured them.
	 * @param measurement the run's measurement of the whole volume
	 * @param most the maximum number
	 * @return the largest first
	 */
	public List<DirectoryUsage> directories(DirectoryUsage measurement, int most) {
		return this.repository.findDirectories(measurement.runId(), measurement.volume(), most);
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
