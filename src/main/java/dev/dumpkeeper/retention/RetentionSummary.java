package dev.dumpkeeper.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.Versioning;
import dev.dumpkeeper.run.Run;

/**
 * Summarises the retention of a run from its records: a continued run is reported as a
 * whole, with each volume once.
 */
public final class RetentionSummary {

	private final ExpiryPlans plans;

	private final ExpiryItemRepository items;

	private final Quarantine quarantine;

	private final MarkerRepository markers;

	RetentionSummary(ExpiryPlans plans, ExpiryItemRepository items, Quarantine quarantine, MarkerRepository markers) {
		this.plans = plans;
		this.items = items;
		this.quarantine = quarantine;
		this.markers = markers;
	}

	/**
	 * Returns the plan that a run made or was asked to sweep.
	 * @param run the run
	 * @return the plan, or empty for a job without one
	 */
	public Optional<ExpiryPlan> plan(Run run) {
		return this.plans.findByRun(run);
	}

	/**
	 * Returns the outcome of each volume plan.
	 * @param run the run
	 * @param named how many failed and quarantined objects to list for each volume
	 * @return by volume, without volumes whose listing failed
	 */
	public List<VolumeSummary> volumes(Run run, int named) {
		List<VolumeSummary> volumes = new ArrayList<>();
		plan(run).ifPresent((plan) -> {
			for (VolumePlan volume : this.plans.volumePlans(plan)) {
				Map<Outcome, ExpiryItemRepository.Tally> tally = this.items.tally(volume.key());
				Map<Outcome, Long> objects = new EnumMap<>(Outcome.class);
				tally.forEach((outcome, count) -> objects.put(outcome, count.objects()));
				long deleted = bytes(tally, Outcome.DELETED) + bytes(tally, Outcome.DELETE_ACCEPTED);
				Versioning versioning = Objects.requireNonNullElse(volume.versioning(), Versioning.NONE);
				volumes.add(new VolumeSummary(volume.volume(), volume.candidateObjects(), volume.candidateBytes(),
						objects, versioning.keepsDeleted() ? 0 : deleted, versioning.keepsDeleted() ? deleted : 0,
						versioning, volume.failure(), volume.kept().waitingObjects(), volume.kept().waitingBytes(),
						volume.kept().heldObjects(), volume.kept().newestObjects(), volume.kept().unprovenObjects(),
						volume.kept().unprovenBytes(), volume.kept().futureObjects(), failures(volume, named)));
			}
		});
		return volumes;
	}

	private List<Failure> failures(VolumePlan volume, int named) {
		Map<String, Quarantine.Entry> entries = new java.util.HashMap<>();
		this.quarantine.of(volume.volume(), named).forEach((entry) -> entries.put(entry.key(), entry));
		List<Failure> failures = new ArrayList<>();
		for (Outcome outcome : List.of(Outcome.FAILED, Outcome.QUARANTINED)) {
			for (Map.Entry<String, String> item : this.items.details(volume.key(), outcome, named)) {
				Quarantine.Entry entry = entries.get(item.getKey());
				String reason = (entry != null && item.getValue().isEmpty()) ? entry.reason() : item.getValue();
				failures.add(new Failure(item.getKey(), outcome, reason, (entry != null) ? entry.attempts() : 1,
						(entry != null) ? entry.notBefore() : null));
			}
		}
		return failures;
	}

	private static long bytes(Map<Outcome, ExpiryItemRepository.Tally> tally, Outcome outcome) {
		return tally.getOrDefault(outcome, ExpiryItemRepository.Tally.NONE).bytes();
	}

	/**
	 * Returns the markers that a run checked.
	 * @param run the run
	 * @return by volume and directory
	 */
	public List<Marker> markers(Run run) {
		return this.markers.findByRunIdOrderByVolumeAscDirectoryAsc(run.id());
	}

	/**
	 * The outcome of one volume plan.
	 *
	 * @param volume the volume's name
	 * @param candidates how many objects were to expire
	 * @param candidateBytes the sum of their sizes
	 * @param outcomes the number of objects by outcome
	 * @param freedBytes the sizes of deleted objects, verified or only accepted; 0 if the
	 * store keeps their versions
	 * @param versionBytes the sizes of deleted objects whose versions the store keeps
	 * @param versioning what the store keeps of deleted objects, {@link Versioning#NONE}
	 * before it was asked
	 * @param failure why the sweep ended early, {@code null} if it did not
	 * @param waiting how many dumps are old enough and stay because they were not
	 * reported in time
	 * @param waitingBytes the sum of their sizes
	 * @param held how many are old enough and stay because they are held
	 * @param newest how many are old enough and stay because they are among the newest
	 * @param unproven how many are old enough and stay because they may be links
	 * @param unprovenBytes the sum of their sizes
	 * @param future how many other files are dated in the future and so never become old
	 * enough
	 * @param failures objects that failed, or are excluded after earlier failures
	 */
	public record VolumeSummary(String volume, long candidates, long candidateBytes, Map<Outcome, Long> outcomes,
			long freedBytes, long versionBytes, Versioning versioning, @Nullable String failure, long waiting,
			long waitingBytes, long held, long newest, long unproven, long unprovenBytes, long future,
			List<Failure> failures) {

		/**
		 * Returns how many objects have an outcome.
		 * @param outcome the outcome
		 * @return the number, 0 or more
		 */
		public long count(Outcome outcome) {
			return this.outcomes.getOrDefault(outcome, 0L);
		}

	}

	/**
	 * A planned object that was not deleted.
	 *
	 * @param key its key
	 * @param outcome FAILED or QUARANTINED
	 * @param reason why
	 * @param attempts in how many runs it failed
	 * @param notBefore when it is retried at the earliest
	 */
	public record Failure(String key, Outcome outcome, String reason, int attempts, @Nullable Instant notBefore) {

	}

}
