package dev.dumpkeeper.usage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.ScanObserver;
import dev.dumpkeeper.scan.ScanVisitor;

/**
 * Measures usage in every scan and keeps it.
 */
public final class Usage implements ScanObserver {

	private final DirectoryUsageRepository repository;

	Usage(DirectoryUsageRepository repository) {
		this.repository = repository;
	}

	@Override
	public Optional<ScanVisitor> join(Run run, String volume) {
		return Optional.of(new UsageMeter(this.repository, run, volume));
	}

	/**
	 * What a run measured.
	 * @param run the run
	 * @param limit how many rows at most
	 * @return by volume, the whole volume before its directories; nothing for volumes
	 * whose listing failed or is not trusted
	 */
	public List<DirectoryUsage> of(Run run, int limit) {
		return this.repository.findOf(run.id(), limit);
	}

	/**
	 * Forgets old measurements.
	 * @param before those made earlier go
	 */
	public void forget(Instant before) {
		this.repository.deleteMeasuredBefore(before);
	}

}
