package dev.dumpkeeper.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.run.Run;

/**
 * Tells what retention did in a run, from what is recorded: a run that was continued
 * reports all its parts, each once.
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
	 * The plan that a run made or was told to sweep.
	 * @param run the run
	 * @return the plan, or empty for a job without one
	 */
	public Optional<ExpiryPlan> plan(Run run) {
		return this.plans.findByRun(run);
	}

	/**
	 * What became of each volume's part of the plan.
	 * @param run the run
	 * @param named how many failed and quarantined objects to name for each volume
	 * @return by volume; volumes whose listing failed are not in it
	 */
	public List<Part> parts(Run run, int named) {
		List<Part> parts = new ArrayList<>();
		plan(run).ifPresent((plan) -> {
			for (VolumePlan part : this.plans.partsOf(plan)) {
				Map<Outcome, ExpiryItemRepository.Tally> tally = this.items.tally(part.key());
				Map<Outcome, Long> objects = new EnumMap<>(Outcome.class);
				tally.forEach((outcome, count) -> objects.put(outcome, count.objects()));
				long freed = bytes(tally, Outcome.DELETED) + bytes(tally, Outcome.DELETE_ACCEPTED);
				parts.add(new Part(part.volume(), part.candidateObjects(), part.candidateBytes(), objects, freed,
						part.failure(), part.kept().waitingObjects(), part.kept().waitingBytes(),
						part.kept().heldObjects(), part.kept().newestObjects(), part.kept().unprovenObjects(),
						part.kept().unprovenBytes(), part.kept().futureObjects(), failures(part, named)));
			}
		});
		return parts;
	}

	private List<Failure> failures(VolumePlan part, int named) {
		Map<String, Quarantine.Entry> entries = new java.util.HashMap<>();
		this.quarantine.of(part.volume(), named).forEach((entry) -> entries.put(entry.key(), entry));
		List<Failure> failures = new ArrayList<>();
		for (Outcome outcome : List.of(Outcome.FAILED, Outcome.QUARANTINED)) {
			for (Map.Entry<String, String> item : this.items.details(part.key(), outcome, named)) {
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
	 * The markers that a run looked at.
	 * @param run the run
	 * @return by volume and directory
	 */
	public List<Marker> markers(Run run) {
		return this.markers.findByRunIdOrderByVolumeAscDirectoryAsc(run.id());
	}

	/**
	 * One volume's part of a plan.
	 *
	 * @param volume the volume's name
	 * @param candidates how many objects were to go
	 * @param candidateBytes their sizes added up
	 * @param outcomes how many objects ended how
	 * @param freedBytes sizes of what went, verified or asked
	 * @param failure why the sweep ended early, {@code null} when it did not
	 * @param waiting how many dumps are old enough and stay because nobody was told of
	 * them in time
	 * @param waitingBytes their sizes added up
	 * @param held how many are old enough and stay because somebody holds them
	 * @param newest how many are old enough and stay because they are among the newest
	 * @param unproven how many are old enough and stay because they may be another's
	 * @param unprovenBytes their sizes added up
	 * @param future how many other files have a time in the future, and never get old
	 * enough
	 * @param failures what failed or is left alone after earlier failures
	 */
	public record Part(String volume, long candidates, long candidateBytes, Map<Outcome, Long> outcomes,
			long freedBytes, @Nullable String failure, long waiting, long waitingBytes, long held, long newest,
			long unproven, long unprovenBytes, long future, List<Failure> failures) {

		/**
		 * How many objects ended one way.
		 * @param outcome the way
		 * @return the number, 0 where none did
		 */
		public long count(Outcome outcome) {
			return this.outcomes.getOrDefault(outcome, 0L);
		}

	}

	/**
	 * An object that stayed against the plan.
	 *
	 * @param key its key
	 * @param outcome FAILED or QUARANTINED
	 * @param reason why
	 * @param attempts in how many runs it failed
	 * @param notBefore when it is tried again at the earliest
	 */
	public record Failure(String key, Outcome outcome, String reason, int attempts, @Nullable Instant notBefore) {

	}

}
