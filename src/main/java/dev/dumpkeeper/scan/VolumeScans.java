package dev.dumpkeeper.scan;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import dev.dumpkeeper.run.HistoryCleanup;
import dev.dumpkeeper.run.Run;

/**
 * Records which volumes a run manages and how their listings ended.
 */
public final class VolumeScans implements HistoryCleanup {

	private final VolumeScanRepository repository;

	VolumeScans(VolumeScanRepository repository) {
		this.repository = repository;
	}

	/**
	 * Records which volumes a run manages; volumes it already has are left unchanged.
	 * @param run the run
	 * @param volumes their names
	 */
	public void select(Run run, List<String> volumes) {
		Set<String> known = findByRun(run).stream()
			.map(VolumeScan::volume)
			.collect(Collectors.toCollection(HashSet::new));
		this.repository.saveAll(volumes.stream()
			.filter((volume) -> !known.contains(volume))
			.map((volume) -> VolumeScan.selected(run.id(), volume))
			.toList());
	}

	/**
	 * Returns the volumes of a run.
	 * @param run the run
	 * @return one for each selected volume, in order of names
	 */
	public List<VolumeScan> findByRun(Run run) {
		return this.repository.findByRunIdOrderByVolume(run.id());
	}

	/**
	 * Returns the last trusted listing of a volume before a run.
	 * @param volume the volume
	 * @param run the run
	 * @return that scan, or empty if there is none
	 */
	public Optional<VolumeScan> lastTrusted(String volume, Run run) {
		return this.repository.findLastTrustedBefore(volume, run.id());
	}

	/**
	 * Records how many of the objects of a volume's last trusted scan have been deleted
	 * since, so that the next pass does not count them as lost.
	 * @param volume the volume
	 * @param deletedSince returns the total, not an increment, since an instant
	 */
	public void recordDeleted(String volume, ToLongFunction<Instant> deletedSince) {
		this.repository.findLastTrustedBefore(volume, Long.MAX_VALUE).ifPresent((scan) -> {
			Instant startedAt = scan.startedAt();
			if (startedAt != null) {
				this.repository.setDeleted(scan.runId(), volume, deletedSince.applyAsLong(startedAt));
			}
		});
	}

	/**
	 * Removes old scans, except those of the newest run.
	 * @param before scans that ended earlier are removed
	 */
	@Override
	public void forget(Instant before) {
		this.repository.deleteOlderThan(before);
	}

}
