package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.dumpkeeper.capacity.forecast.ByteSample;

/**
 * What warnings were worth, added up over volumes. Not for several threads.
 */
final class WarningScore {

	private int warnings;

	private int falseWarnings;

	private int crossings;

	private int missed;

	private int missedGrown;

	private int foreseeable;

	private int flaps;

	private final List<Duration> leads = new ArrayList<>();

	/**
	 * Adds a volume.
	 * @param course what was used, the oldest first
	 * @param threshold in bytes
	 * @param found its crossings; those that nobody could be warned of do not count
	 * @param spans its warnings, the oldest first
	 * @param horizon how far ahead a warning is given
	 * @param interval from one pass to the next
	 * @param isForeseeable whether a crossing could be known of a day before
	 */
	void add(List<ByteSample> course, double threshold, List<Crossing> found, List<Span> spans, Duration horizon,
			Duration interval, Predicate<Crossing> isForeseeable) {
		this.warnings += spans.size();
		for (int i = 0; i < spans.size(); i++) {
			Span span = spans.get(i);
			if (isFalse(span, course, threshold, horizon)) {
				this.falseWarnings++;
			}
			if (i > 0 && Duration.between(spans.get(i - 1).to(), span.from()).compareTo(Crossing.APART) < 0) {
				this.flaps++;
			}
		}
		for (Crossing crossing : found) {
			if (!crossing.watched()) {
				continue;
			}
			this.crossings++;
			Optional<Span> warning = spans.stream()
				.filter((span) -> span.from().isBefore(crossing.at()) && !span.to().isBefore(crossing.at()))
				.findFirst();
			if (warning.isEmpty()) {
				this.missed++;
				this.missedGrown += crossing.grewLongerThan(interval) ? 1 : 0;
			}
			if (isForeseeable.test(crossing)) {
				this.foreseeable++;
				Duration lead = warning.map((span) -> Duration.between(span.from(), crossing.at()))
					.orElse(Duration.ZERO);
				// A warning that is always there is none.
				this.leads.add((lead.compareTo(horizon) > 0) ? horizon : lead);
			}
		}
	}

	/** Neither while it lasted nor within the horizon the threshold was reached. */
	private static boolean isFalse(Span span, List<ByteSample> course, double threshold, Duration horizon) {
		Instant until = span.from().plus(horizon);
		if (course.isEmpty() || until.isAfter(course.get(course.size() - 1).at())) {
			// Nobody knows yet.
			return false;
		}
		Instant to = span.to().isAfter(until) ? span.to() : until;
		return course.stream()
			.noneMatch((sample) -> sample.bytes() >= threshold && !sample.at().isBefore(span.from())
					&& !sample.at().isAfter(to));
	}

	int warnings() {
		return this.warnings;
	}

	int falseWarnings() {
		return this.falseWarnings;
	}

	int crossings() {
		return this.crossings;
	}

	int missed() {
		return this.missed;
	}

	/** Missed although a pass had seen the volume grow. */
	int missedGrown() {
		return this.missedGrown;
	}

	int foreseeable() {
		return this.foreseeable;
	}

	/** Warnings that began less than a day after another one had ended. */
	int flaps() {
		return this.flaps;
	}

	/**
	 * The median time between warning and crossing, of crossings that were foreseeable;
	 * one that was missed counts as none.
	 */
	Optional<Duration> medianLead() {
		List<Duration> sorted = this.leads.stream().sorted(Comparator.naturalOrder()).toList();
		return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
	}

	/**
	 * A warning.
	 *
	 * @param from when people heard of it
	 * @param to when they heard that it is over
	 */
	record Span(Instant from, Instant to) {

	}

}
