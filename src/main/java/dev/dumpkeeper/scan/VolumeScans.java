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
 * The record of which volumes a run looks after and how their listings ended.
 */
public final class VolumeScans implements HistoryCleanup {

	private final VolumeScanRepository repository;

	VolumeScans(VolumeScanRepository repository) {
		this.repository = repository;
	}

	/**
	 * Records which volumes a run looks after; those it has already stay as they are.
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
	 * The volumes of a run.
	 * @param run the run
	 * @return one for each selected volume, in order of names
	 */
	public List<VolumeScan> findByRun(Run run) {
		return this.repository.findByRunIdOrderByVolume(run.id());
	}

	/**
	 * The last listing of a volume that was believed before a run.
	 * @param volume the volume
	 * @param run the run
	 * @return that scan, or empty where there is none
	 */
	public Optional<VolumeScan> lastTrusted(String volume, Run run) {
		return this.repository.findLastTrustedBefore(volume, run.id());
	}

	/**
	 * Records how many of the objects that a volume's last trusted scan listed have been
	 * deleted since, so that the next pass does not take them for lost.
	 * @param volume the volume
	 * @param deletedSince gives the number in all (not an increment) since an instant
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
	 * Forgets old scans; the newest run's stay.
	 * @param before those that ended earlier go
	 */
	@Override
	public void forget(Instant before) {
		this.repository.deleteOlderThan(before);
	}

}
