package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.dumpkeeper.capacity.forecast.Forecast;

/**
 * Decides how urgent a volume is and whether people are notified. A higher level is
 * reported at once. A level ends only after two passes in a row below a lower bound of
 * its own, so that a volume at the edge causes no repeated messages. EARLY begins when
 * P90 reaches the threshold within the horizon, and holds while P90, one day beyond the
 * horizon, is less than a quarter of the capacity below the threshold. With a narrow
 * early margin P50 must come near the threshold as well, unless P90 reaches it within two
 * passes.
 */
final class AlertPolicy {

	/** How far below its start a level ends, as a share of the capacity. */
	private static final double GAP = 0.05;

	/** The same for EARLY: a forecast varies more between passes than a measurement. */
	private static final double FORECAST_GAP = 0.25;

	/**
	 * How far beyond the horizon a forecast must reach. Otherwise a level could end and
	 * begin again a day later, when the next busy day comes into view.
	 */
	static final Duration BEYOND = Duration.ofHours(24);

	private static final double NEARLY_FULL = 0.95;

	private static final int CALM_PASSES = 2;

	private static final Duration REMIND_AFTER = Duration.ofHours(24);

	private final double threshold;

	private final double earlyMargin;

	/**
	 * Creates a policy.
	 * @param threshold the used share of the capacity to warn of
	 * @param earlyMargin how far P50 may stay below the threshold in a volume that
	 * becomes EARLY, as a share of the capacity; 1 for any distance
	 */
	AlertPolicy(double threshold, double earlyMargin) {
		this.threshold = threshold;
		this.earlyMargin = earlyMargin;
	}

	/**
	 * Decides for one volume.
	 * @param before the state after the previous pass
	 * @param now the instant of this pass
	 * @param shares present and forecast use
	 */
	Decision decide(AlertState before, Instant now, Shares shares) {
		CapacityLevel level = level(shares, 0, isEarly(shares));
		CapacityLevel held = level(shares, GAP, shares.beyondP90() >= earlyEnds());
		AlertState after;
		if (level.compareTo(before.level()) >= 0) {
			after = new AlertState(level, before.notifiedLevel(), before.notifiedAt(), 0);
		}
		else if (held.compareTo(before.level()) >= 0) {
			after = new AlertState(before.level(), before.notifiedLevel(), before.notifiedAt(), 0);
		}
		else if (before.passesBelow() + 1 < CALM_PASSES) {
			after = new AlertState(before.level(), before.notifiedLevel(), before.notifiedAt(),
					before.passesBelow() + 1);
		}
		else {
			// A level that has ended is reported when it begins again. When all levels
			// have ended the reported level is kept, so that people who were notified
			// learn of the end.
			boolean keepNotified = held == CapacityLevel.CALM || held.compareTo(before.notifiedLevel()) > 0;
			after = new AlertState(held, keepNotified ? before.notifiedLevel() : held, before.notifiedAt(), 0);
		}
		return decision(after, now);
	}

	/** At least half of the threshold: with a low threshold EARLY would never end. */
	private double earlyEnds() {
		return Math.max(this.threshold - FORECAST_GAP, this.threshold / 2);
	}

	private boolean isEarly(Shares shares) {
		return shares.highestP90() >= this.threshold
				&& (shares.highestP50() >= this.threshold - this.earlyMargin || shares.soonP90() >= this.threshold);
	}

	private CapacityLevel level(Shares shares, double gap, boolean early) {
		if (shares.used() >= NEARLY_FULL - gap || shares.nextPassP90() >= 1 - gap) {
			return CapacityLevel.CRITICAL;
		}
		if (shares.used() >= this.threshold - gap) {
			return CapacityLevel.HIGH;
		}
		return early ? CapacityLevel.EARLY : CapacityLevel.CALM;
	}

	private static Decision decision(AlertState state, Instant now) {
		CapacityLevel notified = state.notifiedLevel();
		Instant notifiedAt = state.notifiedAt();
		if (state.level() == CapacityLevel.CALM) {
			// The end of an alert is reported only if the alert was.
			return (notified == CapacityLevel.CALM) ? new Decision(state, Optional.empty()) : new Decision(
					new AlertState(CapacityLevel.CALM, CapacityLevel.CALM, now, 0), Optional.of(AlertTransition.END));
		}
		if (state.level().compareTo(notified) > 0) {
			return new Decision(new AlertState(state.level(), state.level(), now, state.passesBelow()),
					Optional.of((notified == CapacityLevel.CALM) ? AlertTransition.BEGIN : AlertTransition.WORSE));
		}
		// The distance in either direction: a clock that was set back must not silence
		// reminders for good.
		boolean due = notifiedAt == null || Duration.between(notifiedAt, now).abs().compareTo(REMIND_AFTER) >= 0;
		return due ? new Decision(new AlertState(state.level(), state.level(), now, state.passesBelow()),
				Optional.of(AlertTransition.REMINDER)) : new Decision(state, Optional.empty());
	}

	/**
	 * Present and forecast use, as shares of the capacity.
	 *
	 * @param used the present use
	 * @param highestP50 the highest P50 within the horizon
	 * @param highestP90 the highest P90 within the horizon
	 * @param beyondP90 the highest P90 until {@link AlertPolicy#BEYOND} the horizon
	 * @param nextPassP90 the highest P90 until the next pass
	 * @param soonP90 the highest P90 until the pass after the next
	 */
	record Shares(double used, double highestP50, double highestP90, double beyondP90, double nextPassP90,
			double soonP90) {

		/**
		 * Takes the shares from a forecast.
		 * @param forecast a forecast that reaches {@link AlertPolicy#BEYOND} the horizon
		 * @param horizon how far ahead people are warned
		 * @param usedBytes the present use
		 * @param capacityBytes the capacity, above 0
		 * @param interval the time between two passes
		 */
		static Shares of(Forecast forecast, Duration horizon, double usedBytes, double capacityBytes,
				Duration interval) {
			Forecast within = forecast.until(horizon);
			return new Shares(usedBytes / capacityBytes, within.highest(within.p50()) / capacityBytes,
					within.highest(within.p90()) / capacityBytes, forecast.highest(forecast.p90()) / capacityBytes,
					within.highest(within.until(interval).p90()) / capacityBytes,
					within.highest(within.until(interval.multipliedBy(2)).p90()) / capacityBytes);
		}

	}

	/**
	 * A decision.
	 *
	 * @param state the state to store
	 * @param transition what is reported, or empty for nothing
	 */
	record Decision(AlertState state, Optional<AlertTransition> transition) {

	}

}
